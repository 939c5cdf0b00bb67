package dev.granary.content;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.jspecify.annotations.Nullable;

/** A file's path, looked up in one tree after the other that mostly differ little. */
final class FilePlace {
    private final String path;
    private final byte[] bytes;
    private final FolderPath folder;
    private final byte[] name;
    private @Nullable ObjectId lookedAt;
    private @Nullable ObjectId found;

    FilePlace(ObjectReader reader, String path) {
        this.path = path;
        this.bytes = path.getBytes(StandardCharsets.UTF_8);
        var slash = path.lastIndexOf('/');
        this.folder = new FolderPath(reader, slash < 0 ? "" : path.substring(0, slash));
        this.name = path.substring(slash + 1).getBytes(StandardCharsets.UTF_8);
    }

    String path() {
        return path;
    }

    /** The path as Git has it; nobody changes it. */
    byte[] bytes() {
        return bytes;
    }

    /** The id of the file's content in a root tree; null where there is no such file. */
    @Nullable
    ObjectId in(ObjectId root) throws IOException {
        var now = folder.in(root);
        if (now == null) {
            return null;
        }
        if (!now.equals(lookedAt)) {
            found = folder.file(now, name);
            lookedAt = now.copy();
        }
        return found;
    }
}
