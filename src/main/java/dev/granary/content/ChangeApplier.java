package dev.granary.content;

import dev.granary.content.TreeEdit.Entry;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.eclipse.jgit.internal.submodule.SubmoduleValidator;
import org.eclipse.jgit.internal.submodule.SubmoduleValidator.SubmoduleValidationException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;

/** Applies changes one after the other to a tree, refusing those that the tree does not allow. */
final class ChangeApplier {
    private final TreeEdit tree;
    private final ObjectInserter inserter;

    ChangeApplier(TreeEdit tree, ObjectInserter inserter) {
        this.tree = tree;
        this.inserter = inserter;
    }

    void apply(FileChange change) throws IOException {
        switch (change.kind()) {
            case CREATE, CREATE_DIR -> create(change);
            case UPDATE -> {
                var old = content(change);
                put(change, old.mode(), insert(change, old.id()));
            }
            case MOVE -> move(change);
            case DELETE -> {
                existing(change, change.previous());
                tree.remove(change.path());
            }
            case CHMOD -> chmod(change);
        }
    }

    private void create(FileChange change) throws IOException {
        requireFree(change);
        var gitlink = change.gitlink();
        if (gitlink == null) {
            put(change, FileMode.REGULAR_FILE, insert(change, ObjectId.zeroId()));
        } else {
            tree.put(change.path(), FileMode.GITLINK, gitlink);
        }
    }

    private void move(FileChange change) throws IOException {
        var old = change.content() == null ? existing(change, change.previous()) : content(change);
        tree.remove(change.previous());
        requireFree(change);
        put(change, old.mode(), insert(change, old.id()));
    }

    private void chmod(FileChange change) throws IOException {
        var old = content(change);
        if (old.mode().equals(FileMode.SYMLINK)) {
            throw new Problem(ErrorCode.NOT_A_FILE, change.path().text());
        }
        put(change, change.executable() ? FileMode.EXECUTABLE_FILE : FileMode.REGULAR_FILE, old.id());
    }

    /** What a change begins with: anything but a folder. */
    private Entry existing(FileChange change, FilePath path) throws IOException {
        var entry = tree.find(path);
        if (entry == null) {
            throw new Problem(ErrorCode.FILE_NOT_FOUND, path.text());
        }
        if (entry.isFolder()) {
            throw new Problem(ErrorCode.NOT_A_FILE, path.text());
        }
        return entry;
    }

    /** The same for a change that needs content: no submodule. */
    private Entry content(FileChange change) throws IOException {
        var entry = existing(change, change.previous());
        if (entry.mode().equals(FileMode.GITLINK)) {
            throw new Problem(ErrorCode.NOT_A_FILE, change.previous().text());
        }
        return entry;
    }

    private void requireFree(FileChange change) throws IOException {
        if (tree.find(change.path()) != null) {
            throw new Problem(ErrorCode.FILE_EXISTS, change.path().text());
        }
        var blocker = tree.blocker(change.path());
        if (blocker != null) {
            throw Problem.invalid(change.prefix() + "file_path", "path-blocked", blocker);
        }
    }

    private ObjectId insert(FileChange change, ObjectId otherwise) throws IOException {
        return change.content() == null ? otherwise : inserter.insert(Constants.OBJ_BLOB, change.content());
    }

    private void put(FileChange change, FileMode mode, ObjectId id) throws IOException {
        if (change.path().text().equals(Constants.DOT_GIT_MODULES)) {
            requireSafeModules(change, mode);
        }
        tree.put(change.path(), mode, id);
    }

    /** Clones run what a {@code .gitmodules} file says: the rules for pushed ones hold here too. */
    private static void requireSafeModules(FileChange change, FileMode mode) {
        if (mode.equals(FileMode.SYMLINK) || change.kind() == FileAction.Kind.MOVE && change.content() == null) {
            throw Problem.invalid(change.prefix() + "file_path", "path");
        }
        if (change.content() == null) {
            return;
        }
        try {
            SubmoduleValidator.assertValidGitModulesFile(new String(change.content(), StandardCharsets.UTF_8));
        } catch (SubmoduleValidationException e) {
            throw Problem.invalid(change.prefix() + "content", "gitmodules");
        }
    }
}
