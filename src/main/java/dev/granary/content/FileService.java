package dev.granary.content;

import dev.granary.access.Permission;
import dev.granary.commits.GitWork;
import dev.granary.commits.Revisions;
import dev.granary.kernel.Caller;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Settings;
import dev.granary.repositories.RepositoryService;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.springframework.stereotype.Service;

/** Reads files out of commits. */
@Service
class FileService {
    private final RepositoryService repositories;
    private final GitWork work;
    private final LastCommits lastCommits;
    private final long maximumBytes;

    FileService(RepositoryService repositories, GitWork work, LastCommits lastCommits, Settings settings) {
        this.repositories = repositories;
        this.work = work;
        this.lastCommits = lastCommits;
        this.maximumBytes = settings.limits().uploadedFile().toBytes();
    }

    /** A file with its content, as a branch, tag or commit has it. */
    FileContent show(Caller caller, long repositoryId, String path, String revision) {
        var repository = repositories.require(caller, repositoryId, Permission.VIEW);
        var file = FilePath.parse("file_path", path);
        try (var git = repositories.open(caller, repository)) {
            return work.run(() -> read(git, file, revision));
        }
    }

    private FileContent read(Repository git, FilePath path, String revision) throws IOException {
        try (var reader = git.newObjectReader();
                var walk = new RevWalk(reader)) {
            var commit = new Revisions(git, walk).require("ref", revision);
            try (var tree = TreeWalk.forPath(reader, path.text(), commit.getTree())) {
                if (tree == null) {
                    throw new Problem(ErrorCode.FILE_NOT_FOUND, path.text());
                }
                if (FileMode.TREE.equals(tree.getRawMode(0)) || FileMode.GITLINK.equals(tree.getRawMode(0))) {
                    throw new Problem(ErrorCode.NOT_A_FILE, path.text());
                }
                var blob = tree.getObjectId(0);
                var loader = reader.open(blob, Constants.OBJ_BLOB);
                if (loader.getSize() > maximumBytes) {
                    throw new Problem(ErrorCode.FILE_TOO_LARGE, path.text(), Long.toString(maximumBytes));
                }
                var bytes = loader.getCachedBytes((int) Math.min(maximumBytes, Integer.MAX_VALUE));
                return new FileContent(
                        tree.getNameString(),
                        path.text(),
                        bytes.length,
                        "base64",
                        sha256(bytes),
                        revision,
                        blob.name(),
                        commit.name(),
                        lastCommits.find(reader, commit, path.text()).name(),
                        Base64.getEncoder().encodeToString(bytes));
            }
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
