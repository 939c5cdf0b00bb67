package dev.granary.repositories;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.RepositoryCacheConfig;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.storage.file.WindowCacheConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;

/**
 * JGit's settings that hold for the whole process. They stand in for {@code /etc/gitconfig}: what the server's user or
 * the machine configures for git changes nothing here, and a repository's own config file stays the few lines that
 * native git needs.
 */
final class GitEnvironment {
    private static final long MEBI = 1L << 20;
    /** How long a repository nobody uses stays open: its pack list, indexes and packed refs are held in memory. */
    private static final Duration KEEP_OPEN = Duration.ofMinutes(5);

    /** A clone reads whole packs: with JGit's 8 KiB a tenth of its time goes into letting windows go again. */
    private static final int WINDOW = 32 * 1024;

    private static boolean installed;

    private GitEnvironment() {}

    /** Sets JGit up, once for the process; must come before the first repository is opened. */
    static synchronized void install() {
        if (installed) {
            return;
        }
        QuickSha1.install();
        SystemReader.setInstance(new Isolated(SystemReader.getInstance()));
        caches().install();
        var repositories = new RepositoryCacheConfig();
        repositories.setExpireAfter(KEEP_OPEN.toMillis());
        repositories.setCleanupDelay(KEEP_OPEN.toMillis() / 5);
        repositories.install();
        installed = true;
    }

    /**
     * Shares of the heap, within bounds that suit large machines too: the page cache holds what these do not, and gives
     * it back when others need the memory. A clone reads a whole pack once and would fill any window cache with it; and
     * each of many readers has its own cache of delta bases.
     */
    private static WindowCacheConfig caches() {
        var heap = Runtime.getRuntime().maxMemory();
        var config = new WindowCacheConfig();
        config.setPackedGitLimit(within(10 * MEBI, heap / 8, 128 * MEBI));
        config.setPackedGitWindowSize(WINDOW);
        config.setDeltaBaseCacheLimit((int) within(10 * MEBI, heap / 64, 32 * MEBI));
        // Larger objects are streamed: several are read at once, each would otherwise be one array.
        config.setStreamFileThreshold((int) within(2 * MEBI, heap / 40, 50 * MEBI));
        config.setPackedGitOpenFiles((int) within(64, openFiles() / 4, 4096));
        // Mapped windows are given back only when the collector gets to them, and a truncated pack kills the process.
        config.setPackedGitMMAP(false);
        return config;
    }

    private static long openFiles() {
        return ManagementFactory.getOperatingSystemMXBean()
                        instanceof com.sun.management.UnixOperatingSystemMXBean system
                ? system.getMaxFileDescriptorCount()
                : 1024;
    }

    private static long within(long least, long wanted, long most) {
        return Math.clamp(wanted, least, most);
    }

    /** Reads no configuration file outside the repository. */
    private static final class Isolated extends SystemReader.Delegate {
        Isolated(SystemReader reader) {
            super(reader);
        }

        @Override
        public FileBasedConfig openSystemConfig(Config parent, FS fs) {
            var config = new InMemory(parent, fs);
            config.setBoolean("core", null, "fsyncObjectFiles", true);
            config.setBoolean("core", null, "fsyncRefFiles", true);
            config.setBoolean("core", null, "logAllRefUpdates", false);
            config.setBoolean("core", null, "commitGraph", true);
            config.setBoolean("core", null, "multiPackIndex", false);
            // One process on a local disk: a folder's time tells whether it changed.
            config.setString("core", null, "trustStat", "always");
            config.setBoolean("transfer", null, "fsckObjects", true);
            config.setInt("protocol", null, "version", 2);
            config.setBoolean("uploadpack", null, "allowFilter", true);
            config.setBoolean("receive", null, "autogc", false);
            config.setInt("gc", null, "auto", 0);
            config.setInt("pack", null, "threads", 1);
            return config;
        }

        @Override
        public FileBasedConfig openUserConfig(Config parent, FS fs) {
            return new InMemory(parent, fs);
        }

        @Override
        public FileBasedConfig openJGitConfig(Config parent, FS fs) {
            var config = new InMemory(parent, fs);
            // What each commit changed, which spares most walks for a path reading trees.
            config.setBoolean("commitGraph", null, "readChangedPaths", true);
            return config;
        }
    }

    /** A configuration without a file; JGit also notes here how fine the file system's times are. */
    private static final class InMemory extends FileBasedConfig {
        @SuppressWarnings("NullAway") // JGit passes null likewise where there is no file.
        InMemory(Config parent, FS fs) {
            super(parent, null, fs);
        }

        @Override
        public void load() {}

        @Override
        public void save() {}

        @Override
        public boolean isOutdated() {
            return false;
        }
    }
}
