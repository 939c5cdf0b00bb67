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
import org.eclipse.jgit.errors.RepositoryNotFoundException;
import org.eclipse.jgit.lib.ConfigConstants;
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

    GitFolders(DataFolder data) {
        this.data = data;
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

    /** Opens a repository; the caller closes it. */
    Repository open(String uuid) throws IOException {
        try {
            return RepositoryCache.open(RepositoryCache.FileKey.exact(path(uuid).toFile(), FS.DETECTED), true);
        } catch (RepositoryNotFoundException e) {
            throw new Problem(ErrorCode.REPOSITORY_NOT_READY);
        }
    }

    /** Makes an empty repository, complete and durable when its folder appears. */
    void create(String uuid, String defaultBranch) throws IOException {
        var target = path(uuid);
        var temporary = data.tmp().resolve(uuid + Constants.DOT_GIT_EXT);
        FileSystemUtils.deleteRecursively(temporary);
        try (var repository = initialise(temporary.toFile())) {
            var config = repository.getConfig();
            config.setBoolean(ConfigConstants.CONFIG_CORE_SECTION, null, "fsyncObjectFiles", true);
            config.setBoolean(ConfigConstants.CONFIG_CORE_SECTION, null, "fsyncRefFiles", true);
            config.setInt("gc", null, "auto", 0);
            config.save();
            repository.updateRef(Constants.HEAD, true).link(Constants.R_HEADS + defaultBranch);
        }
        Durable.syncTree(temporary);
        Durable.move(temporary, target);
    }

    private static Repository initialise(File folder) throws IOException {
        var repository = new FileRepositoryBuilder().setGitDir(folder).setBare().build();
        repository.create(true);
        return repository;
    }

    /** Whether the repository's folder is in place. */
    boolean exists(String uuid) {
        return Files.isDirectory(path(uuid));
    }
}
