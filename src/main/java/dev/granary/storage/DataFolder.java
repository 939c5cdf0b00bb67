package dev.granary.storage;

import dev.granary.kernel.BadSettingException;
import dev.granary.kernel.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
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

    private static final int LONGEST_VERSION = 64;

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    private final Path root;
    private final FileChannel lock;
    private final long started;
    private volatile boolean crashed;

    DataFolder(Settings settings) {
        this.root = settings.dataDir().toAbsolutePath().normalize();
        try {
            for (var name : new String[] {"repositories", "trash", "cache"}) {
                Files.createDirectories(root.resolve(name));
            }
            ownerOnly(Files.createDirectories(root.resolve("secrets")));
            this.lock = lock();
            checkVersion();
            crashed = FileSystemUtils.deleteRecursively(root.resolve("tmp"));
            started = Files.getLastModifiedTime(Files.createDirectory(root.resolve("tmp")))
                    .toMillis();
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

    /** Through the locked channel alone: closing another one of the same file would give the lock up on Linux. */
    private void checkVersion() throws IOException {
        var content = ByteBuffer.allocate(LONGEST_VERSION);
        lock.read(content, 0);
        var text = new String(content.array(), 0, content.position(), StandardCharsets.UTF_8).strip();
        if (text.isEmpty()) {
            lock.write(ByteBuffer.wrap((VERSION + "\n").getBytes(StandardCharsets.UTF_8)), 0);
        } else if (!text.equals(Integer.toString(VERSION))) {
            throw new BadSettingException(
                    "GRANARY_DATA_DIR", root + " has layout " + text + ", this program knows " + VERSION, null);
        }
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

    /** What can be made again; may be deleted at any time. */
    public Path cache() {
        return root.resolve("cache");
    }

    /** Files of running requests; emptied at every start. */
    public Path tmp() {
        return root.resolve("tmp");
    }

    /**
     * When this process took the folder over, epoch milliseconds by the file system's own clock and as coarse: whatever
     * is older was left by another process.
     */
    public long started() {
        return started;
    }

    /** Whether a server that had the folder before did not stop in order: it would have removed {@code tmp/}. */
    public boolean crashed() {
        return crashed;
    }

    /** Says that what a crash left has been put right. Until then, later starts are told of it again. */
    public void recovered() {
        crashed = false;
    }

    @Override
    public void destroy() {
        try {
            if (!crashed) {
                FileSystemUtils.deleteRecursively(root.resolve("tmp"));
            }
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
