package dev.granary.repositories;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;

/** Copies the files of one repository into another that has none. */
final class TemplateFiles {
    private final ObjectReader reader;
    private final ObjectInserter inserter;
    private final Set<ObjectId> copied = new HashSet<>();

    private TemplateFiles(ObjectReader reader, ObjectInserter inserter) {
        this.reader = reader;
        this.inserter = inserter;
    }

    /** Commits what a branch of the source has to the same branch of the target; nothing when it has none. */
    static void copy(Repository source, Repository target, String branch, PersonIdent author) throws IOException {
        var head = source.exactRef(Constants.R_HEADS + branch);
        if (head == null) {
            return;
        }
        var objects = ((FileRepository) target).getObjectDatabase();
        try (var reader = source.newObjectReader();
                var walk = new RevWalk(reader);
                var inserter = objects.newPackInserter()) {
            inserter.checkExisting(false);
            var tree = walk.parseCommit(head.getObjectId()).getTree();
            new TemplateFiles(reader, inserter).copyTree(tree);
            FirstCommit.write(target, inserter, tree, branch, author);
        }
    }

    private void copyTree(ObjectId id) throws IOException {
        if (!copied.add(id.copy())) {
            return;
        }
        var bytes = reader.open(id, Constants.OBJ_TREE).getCachedBytes(Integer.MAX_VALUE);
        inserter.insert(Constants.OBJ_TREE, bytes);
        var parser = new CanonicalTreeParser();
        for (parser.reset(bytes); !parser.eof(); parser.next()) {
            var mode = parser.getEntryFileMode();
            if (mode.equals(FileMode.TREE)) {
                copyTree(parser.getEntryObjectId());
            } else if (!mode.equals(FileMode.GITLINK) && copied.add(parser.getEntryObjectId())) {
                var blob = reader.open(parser.getEntryObjectId(), Constants.OBJ_BLOB);
                try (var content = blob.openStream()) {
                    inserter.insert(Constants.OBJ_BLOB, blob.getSize(), content);
                }
            }
        }
    }
}
