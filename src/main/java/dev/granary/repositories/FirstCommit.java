package dev.granary.repositories;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.TreeFormatter;

/** The commit that a repository made with a readme, a .gitignore or a licence begins with. */
final class FirstCommit {
    private FirstCommit() {}

    /** Commits files of the top folder, by name, to a branch that does not exist yet. */
    static void write(Repository repository, String branch, Map<String, String> files, PersonIdent author)
            throws IOException {
        try (var inserter = repository.newObjectInserter()) {
            var tree = new TreeFormatter();
            // ASCII names of files alone sort as Git sorts tree entries.
            for (var file : new TreeMap<>(files).entrySet()) {
                var content = file.getValue().getBytes(StandardCharsets.UTF_8);
                tree.append(file.getKey(), FileMode.REGULAR_FILE, inserter.insert(Constants.OBJ_BLOB, content));
            }
            write(repository, inserter, inserter.insert(tree), branch, author);
        }
    }

    /** Commits a tree that was inserted to a branch that does not exist yet. */
    static void write(Repository repository, ObjectInserter inserter, ObjectId tree, String branch, PersonIdent author)
            throws IOException {
        var commit = new CommitBuilder();
        commit.setTreeId(tree);
        commit.setAuthor(author);
        commit.setCommitter(author);
        commit.setMessage("Initial commit\n");
        var id = inserter.insert(commit);
        inserter.flush();
        var update = repository.updateRef(Constants.R_HEADS + branch);
        update.setNewObjectId(id);
        update.setRefLogIdent(author);
        var result = update.update();
        if (result != RefUpdate.Result.NEW) {
            throw new IOException("The first commit was not recorded: " + result);
        }
    }
}
