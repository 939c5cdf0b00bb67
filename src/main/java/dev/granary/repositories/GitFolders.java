package dev.granary.repositories;

import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Ids;
import dev.granary.kernel.Problem;
import dev.granary.storage.DataFolder;
import dev.granary.storage.Durable;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.jgit.errors.RepositoryNotFoundException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.RepositoryCache;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.util.FS;
import org.springframework.stereotype.Component;
import org.springframework.util.FileSystemUtils;

/**
 * Bare repositories on the local disk, {@code repositories/ab/cd/<uuid>.git}: plain enough that native git, fsck and a
 * file backup work on them. The one place that opens, creates and removes them.
 */
@Component
class GitFolders {
    private final DataFolder data;
    private final StaleLocks locks;

    GitFolders(DataFolder data) {
        GitEnvironment.install();
        this.data = data;
        this.locks = new StaleLocks(data.started());
    }

    /** The locks that the last process may have left behind in these repositories. */
    StaleLocks locks() {
        return locks;
    }

    /** Where the repository of a uuid is or will be. */
    Path path(String uuid) {
        if (!Ids.isUuid(uuid)) {
            throw new IllegalArgumentException("Not a repository id");
        }
        return data.repositories()
                .resolve(uuid.substring(0, 2))
                .resolve(uuid.substring(2, 4))
                .resolve(uuid + Constants.DOT_GIT_EXT);
    }

    /**
     * Opens a repository; the caller closes it.
     *
     * <p>Instances are shared through JGit's cache, by folder: opening one anew would read its pack list, indexes and
     * packed refs each time, and a fork reads its source through the same cache. An instance nobody uses is dropped
     * after a few minutes; configuration, refs and packs that changed on disk are noticed by their times.
     */
    Repository open(String uuid) throws IOException {
        locks.removeOnce(path(uuid));
        try {
            return RepositoryCache.open(key(uuid), true);
        } catch (RepositoryNotFoundException e) {
            throw new Problem(ErrorCode.REPOSITORY_NOT_READY);
        }
    }

    /** {@link #open(String)}, without the refs that are hidden. */
    Repository open(String uuid, HiddenRefs hidden) throws IOException {
        var whole = open(uuid);
        return hidden.any() ? new PartialRepository(whole, hidden) : whole;
    }

    private RepositoryCache.FileKey key(String uuid) {
        return RepositoryCache.FileKey.exact(path(uuid).toFile(), FS.DETECTED);
    }

    /** What a new repository is filled with before its folder appears. */
    @FunctionalInterface
    interface Content {
        void write(Repository repository) throws IOException;
    }

    /** Makes an empty repository, complete and durable when its folder appears. Does nothing when it is there. */
    void create(String uuid, String defaultBranch) throws IOException {
        create(uuid, defaultBranch, _ -> {});
    }

    /** Makes a repository with content, complete and durable when its folder appears. Does nothing when it is there. */
    void create(String uuid, String defaultBranch, Content content) throws IOException {
        if (exists(uuid)) {
            return;
        }
        var temporary = initialise(uuid, defaultBranch, content);
        Durable.syncTree(temporary);
        Durable.move(temporary, path(uuid));
    }

    /**
     * Makes a fork: a repository with the source's branches and tags that borrows the source's objects, complete and
     * durable when its folder appears. The record of the fork must say so before, or the source's housekeeping could
     * drop what it borrows. Does nothing when it is there.
     *
     * @param hidden what of the source's refs the fork is not to have
     */
    void createFork(String sourceUuid, HiddenRefs hidden, String uuid, String defaultBranch) throws IOException {
        if (exists(uuid)) {
            return;
        }
        var temporary = initialise(uuid, defaultBranch, _ -> {});
        try (var source = open(sourceUuid, hidden)) {
            PackedRefs.copyBranchesAndTags(source, temporary);
        }
        SharedObjects.borrow(path(sourceUuid), temporary, path(uuid));
        Durable.syncTree(temporary);
        Durable.move(temporary, path(uuid));
    }

    private Path initialise(String uuid, String defaultBranch, Content content) throws IOException {
        var temporary = data.tmp().resolve(uuid + Constants.DOT_GIT_EXT);
        FileSystemUtils.deleteRecursively(temporary);
        try (var repository = bare(temporary.toFile())) {
            var config = repository.getConfig();
            // For native git: JGit has its settings from GitEnvironment. Collection is housekeeping's alone.
            config.setInt("gc", null, "auto", 0);
            config.setString("gc", null, "pruneExpire", "never");
            config.save();
            repository.updateRef(Constants.HEAD, true).link(Constants.R_HEADS + defaultBranch);
            content.write(repository);
        }
        FileSystemUtils.deleteRecursively(temporary.resolve("logs"));
        FileSystemUtils.deleteRecursively(temporary.resolve("branches"));
        return temporary;
    }

    private static Repository bare(File folder) throws IOException {
        var repository = new FileRepositoryBuilder().setGitDir(folder).setBare().build();
        repository.create(true);
        return repository;
    }

    /** Whether the repository's folder is in place. */
    boolean exists(String uuid) {
        return Files.isDirectory(path(uuid));
    }

    /** Moves a repository's folder into the trash; does nothing when it is not in place. */
    void remove(String uuid) throws IOException {
        if (exists(uuid)) {
            var target = trashed(uuid);
            FileSystemUtils.deleteRecursively(target);
            Durable.move(path(uuid), target);
        }
        RepositoryCache.unregister(key(uuid));
    }

    /** Every repository folder in place, whether or not there is a record of it. */
    List<Path> all() throws IOException {
        var depth = 3;
        try (var paths =
                Files.find(data.repositories(), depth, (path, file) -> file.isDirectory() && isRepository(path))) {
            return paths.toList();
        }
    }

    private static boolean isRepository(Path path) {
        return path.getFileName().toString().endsWith(Constants.DOT_GIT_EXT);
    }

    /** Where the folder of a removed repository is. */
    Path trashed(String uuid) {
        return data.trash().resolve(uuid + Constants.DOT_GIT_EXT);
    }

    /** Makes JGit look at a repository's packs and alternates afresh. */
    void refresh(String uuid) throws IOException {
        try (var repository = open(uuid)) {
            repository.getObjectDatabase().close();
        }
    }
}
