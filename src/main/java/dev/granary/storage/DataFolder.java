package dev.granary.storage;

import dev.granary.kernel.BadSettingException;
import dev.granary.kernel.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import org.springframework.util.FileSystemUtils;

/**
 * The folder that holds everything: laid out at the first start, owned by one process at a time.
 *
 * <p>{@code granary.db}, {@code repositories/}, {@code secrets/} (mode 700), {@code tmp/} (swept at start, on the same
 * file system as the repositories), {@code trash/}, {@code cache/} (may be deleted while the server is down) and
 * {@code version}.
 */
@Component
public class DataFolder implements DisposableBean {
    /** The layout this program reads and writes; a folder of a newer layout is refused. */
    static final int VERSION = 1;

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    private final Path root;
    private final FileChannel lock;
    private final long ownedSince;

    DataFolder(Settings settings) {
        this.root = settings.dataDir().toAbsolutePath().normalize();
        try {
            for (var name : new String[] {"repositories", "trash", "cache"}) {
                Files.createDirectories(root.resolve(name));
            }
            ownerOnly(Files.createDirectories(root.resolve("secrets")));
            this.lock = lock();
            this.ownedSince = System.currentTimeMillis();
            checkVersion();
            FileSystemUtils.deleteRecursively(root.resolve("tmp"));
            Files.createDirectories(root.resolve("tmp"));
        } catch (IOException e) {
            throw new BadSettingException("GRANARY_DATA_DIR", root + " cannot be used: " + e, e);
        }
    }

    private static void ownerOnly(Path folder) throws IOException {
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(folder, OWNER_ONLY);
        }
    }

    private FileChannel lock() throws IOException {
        var channel = FileChannel.open(
                root.resolve("version"), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            // Held by another server in this very process: the same answer as for another process.
        }
        channel.close();
        throw new BadSettingException("GRANARY_DATA_DIR", root + " is in use by another Granary process", null);
    }

    private void checkVersion() throws IOException {
        var file = root.resolve("version");
        var text = Files.readString(file).strip();
        if (text.isEmpty()) {
            Files.writeString(file, VERSION + "\n");
        } else if (!text.equals(Integer.toString(VERSION))) {
            throw new BadSettingException(
                    "GRANARY_DATA_DIR", root + " has layout " + text + ", this program knows " + VERSION, null);
        }
    }

    /** When this process took the folder, epoch milliseconds: what was being written before is nobody's any more. */
    public long ownedSince() {
        return ownedSince;
    }

    /** The embedded database's file. */
    Path database() {
        return root.resolve("granary.db");
    }

    /** Where bare repositories live, spread over sub-folders. */
    public Path repositories() {
        return root.resolve("repositories");
    }

    /** Where deleted repositories wait to be purged. */
    public Path trash() {
        return root.resolve("trash");
    }

    /** Key files; readable by the server's user only. */
    public Path secrets() {
        return root.resolve("secrets");
    }

    /** Files of running requests; emptied at every start. */
    public Path tmp() {
        return root.resolve("tmp");
    }

    @Override
    public void destroy() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
