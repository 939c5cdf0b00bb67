package dev.granary.merging;

import dev.granary.commits.GitWork;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** A bare repository, commits made of texts, and the services. */
final class Scene implements AutoCloseable {
    static final PersonIdent TESTER = new PersonIdent("Tester", "tester@example.com");
    static final CommitOrder ORDER = new CommitOrder(null, TESTER, "merged");

    private final AnnotationConfigApplicationContext context =
            new AnnotationConfigApplicationContext(GitWork.class, Merges.class, Changes.class, Positions.class);

    private final Repository git;

    Scene(Path folder) {
        try {
            this.git = new FileRepositoryBuilder()
                    .setGitDir(folder.toFile())
                    .setBare()
                    .build();
            if (!git.getObjectDatabase().exists()) {
                git.create(true);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Repository git() {
        return git;
    }

    Merges merges() {
        return context.getBean(Merges.class);
    }

    Changes changes() {
        return context.getBean(Changes.class);
    }

    Positions positions() {
        return context.getBean(Positions.class);
    }

    /**
     * A commit with these files.
     *
     * @param files texts by their paths; {@code exec:}, {@code link:} or {@code commit:} before the text make it another
     *     kind of file
     */
    ObjectId commit(Map<String, String> files, ObjectId... parents) throws IOException {
        return commit("message", files, parents);
    }

    ObjectId commit(String message, Map<String, String> files, ObjectId... parents) throws IOException {
        try (var workspace = new Workspace(git);
                var inserter = git.newObjectInserter()) {
            var tree = folder(workspace, new TreeMap<>(files), "");
            var commit = new CommitBuilder();
            commit.setTreeId(tree);
            commit.setParentIds(parents);
            commit.setAuthor(new PersonIdent("Author", "author@example.com"));
            commit.setCommitter(TESTER);
            commit.setMessage(message);
            var id = workspace.keep(Constants.OBJ_COMMIT, commit.build());
            for (var object : workspace.madeFor(id)) {
                inserter.insert(object.type(), object.content());
            }
            inserter.flush();
            return id;
        }
    }

    private static ObjectId folder(Workspace workspace, Map<String, String> files, String prefix) throws IOException {
        var entries = new TreeMap<String, Entry>();
        for (var item : files.entrySet()) {
            var path = item.getKey();
            if (!path.startsWith(prefix)) {
                continue;
            }
            var name = path.substring(prefix.length());
            var slash = name.indexOf('/');
            if (slash < 0) {
                entries.put(name, file(workspace, item.getValue()));
            } else if (!entries.containsKey(name.substring(0, slash))) {
                var folder = name.substring(0, slash);
                entries.put(folder, new Entry(FileMode.TREE, folder(workspace, files, prefix + folder + "/")));
            }
        }
        return workspace.keep(Constants.OBJ_TREE, Entry.format(entries));
    }

    private static Entry file(Workspace workspace, String text) {
        if (text.startsWith("commit:")) {
            return new Entry(FileMode.GITLINK, ObjectId.fromString(text.substring(7)));
        }
        var mode = text.startsWith("exec:")
                ? FileMode.EXECUTABLE_FILE
                : text.startsWith("link:") ? FileMode.SYMLINK : FileMode.REGULAR_FILE;
        var content = mode.equals(FileMode.REGULAR_FILE) ? text : text.substring(5);
        return new Entry(mode, workspace.keep(Constants.OBJ_BLOB, content.getBytes(StandardCharsets.ISO_8859_1)));
    }

    /** Stores what a merge made; fails if it made nothing. */
    RevCommit stored(MergeResult result) throws IOException {
        if (!(result instanceof MergeResult.Made made)) {
            throw new AssertionError(result);
        }
        try (var inserter = git.newObjectInserter()) {
            made.writeTo(inserter);
            inserter.flush();
        }
        return git.parseCommit(made.commit());
    }

    /** The files of a commit, as they are given to {@link #commit}. */
    Map<String, String> files(ObjectId commit) throws IOException {
        var files = new TreeMap<String, String>();
        try (var walk = new TreeWalk(git)) {
            walk.addTree(git.parseCommit(commit).getTree());
            walk.setRecursive(true);
            while (walk.next()) {
                var mode = walk.getFileMode(0);
                var id = walk.getObjectId(0);
                files.put(
                        walk.getPathString(),
                        mode.equals(FileMode.GITLINK)
                                ? "commit:" + id.name()
                                : prefix(mode)
                                        + new String(git.open(id).getCachedBytes(), StandardCharsets.ISO_8859_1));
            }
        }
        return files;
    }

    private static String prefix(FileMode mode) {
        return mode.equals(FileMode.EXECUTABLE_FILE) ? "exec:" : mode.equals(FileMode.SYMLINK) ? "link:" : "";
    }

    /** The conflicts of a result; fails if there are none. */
    static List<Conflict> conflicts(MergeResult result) {
        if (!(result instanceof MergeResult.Conflicting conflicting)) {
            throw new AssertionError(result);
        }
        return conflicting.conflicts();
    }

    @Override
    public void close() {
        context.close();
        git.close();
    }
}
