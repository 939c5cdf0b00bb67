package dev.granary.content;

import dev.granary.access.Permission;
import dev.granary.commits.Commit;
import dev.granary.commits.CommitViews;
import dev.granary.commits.GitWork;
import dev.granary.kernel.Caller;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Settings;
import dev.granary.repositories.HostedRepository;
import dev.granary.repositories.RepositoryService;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevTree;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Reads files out of commits. */
@Service
class FileService {
    private static final String README = "README";
    /** The names of read-me files, the best first. */
    private static final List<String> READMES = List.of(
            "readme.md", "readme.markdown", "readme.rst", "readme.adoc", "readme.asciidoc", "readme.txt", "readme");

    private static final Comparator<TreeEntry> BEST_FIRST = Comparator.comparingInt(FileService::rank);

    private final RepositoryService repositories;
    private final RevisionReader revisions;
    private final GitWork work;
    private final Blobs blobs;
    private final LastCommits lastCommits;
    private final CommitViews views;
    private final long maximumBytes;

    FileService(
            RepositoryService repositories,
            RevisionReader revisions,
            GitWork work,
            Blobs blobs,
            LastCommits lastCommits,
            CommitViews views,
            Settings settings) {
        this.repositories = repositories;
        this.revisions = revisions;
        this.work = work;
        this.blobs = blobs;
        this.lastCommits = lastCommits;
        this.views = views;
        this.maximumBytes = settings.limits().uploadedFile().toBytes();
    }

    /** A file of a commit and the last commit that changed it. */
    private record Found(LoadedBlob blob, String commitId, Commit last) {}

    /** A file with its content in v2's form, as a branch, tag or commit has it. */
    FileContent show(Caller caller, long repositoryId, String path, String revision) {
        var repository = repositories.require(caller, repositoryId, Permission.VIEW);
        var file = FilePath.stored("file_path", path);
        var found = find(caller, repository, file, "ref", requireText("ref", revision));
        var blob = found.blob();
        return new FileContent(
                blob.entry().name(),
                path,
                blob.size(),
                LoadedBlob.ENCODING,
                Objects.requireNonNull(blob.require(maximumBytes).sha256()),
                revision,
                blob.id(),
                found.commitId(),
                found.last().id(),
                Objects.requireNonNull(blob.base64()));
    }

    /** The same in v4's form; at the default branch where no revision is named. Too large content is left out. */
    RepositoryFile showV4(Caller caller, long repositoryId, String path, @Nullable String revision) {
        var repository = repositories.require(caller, repositoryId, Permission.VIEW);
        var file = FilePath.stored("file_path", path);
        var found = find(caller, repository, file, "ref", revision);
        var ref = revision == null || revision.isEmpty() ? repository.defaultBranch() : revision;
        return RepositoryFile.of(found.blob(), ref, views.of(found.last()));
    }

    /** A file of a branch in v1's form, of a repository named by its 32-digit id. */
    LegacyFile show(Caller caller, String uuid, String branch, String path) {
        var repository = repositories.requireByUuid(caller, uuid, Permission.VIEW);
        var file = FilePath.stored("path", path);
        var blob = revisions.read(
                caller,
                repository,
                "branch_name",
                requireText("branch_name", branch),
                (_, walk, commit) -> load(walk.getObjectReader(), commit.getTree(), file));
        return LegacyFile.of(blob.require(maximumBytes), branch);
    }

    private static String requireText(String field, String text) {
        if (text.isEmpty()) {
            throw Problem.invalid(field, "required");
        }
        return text;
    }

    private Found find(
            Caller caller, HostedRepository repository, FilePath path, String field, @Nullable String revision) {
        return revisions.read(caller, repository, field, revision, (_, walk, commit) -> {
            var reader = walk.getObjectReader();
            var blob = load(reader, commit.getTree(), path);
            return new Found(blob, commit.name(), last(walk, commit, path));
        });
    }

    private LoadedBlob load(ObjectReader reader, RevTree tree, FilePath path) throws IOException {
        return LoadedBlob.read(reader, TreeEntry.requireFile(reader, tree, path), maximumBytes);
    }

    private Commit last(RevWalk walk, RevCommit commit, FilePath path) throws IOException {
        var last = walk.parseCommit(lastCommits.find(walk.getObjectReader(), commit, path.text()));
        walk.parseBody(last);
        return Commit.of(last);
    }

    /** The content of a file by its id. */
    BlobContent blob(Caller caller, long repositoryId, String blobId) {
        var repository = repositories.require(caller, repositoryId, Permission.VIEW);
        var id = Blobs.id(blobId);
        blobs.requireVisible(caller, repository, id);
        var entry = new TreeEntry(blobId, blobId, FileMode.REGULAR_FILE, id);
        try (var git = repositories.open(repository)) {
            var blob = work.run(() -> {
                try (var reader = git.newObjectReader()) {
                    return LoadedBlob.read(reader, entry, maximumBytes);
                }
            });
            return BlobContent.of(blob.require(maximumBytes));
        }
    }

    /** The file of the default branch's root that tells about the repository. */
    BlobContent.Readme readme(Caller caller, long repositoryId) {
        var repository = repositories.require(caller, repositoryId, Permission.VIEW);
        return revisions
                .find(caller, repository, Constants.HEAD, null, (_, walk, commit) -> {
                    var entry = readme(walk.getObjectReader(), commit.getTree());
                    var blob = LoadedBlob.read(walk.getObjectReader(), entry, maximumBytes);
                    return BlobContent.Readme.of(blob.require(maximumBytes));
                })
                .orElseThrow(() -> new Problem(ErrorCode.FILE_NOT_FOUND, README));
    }

    private static TreeEntry readme(ObjectReader reader, RevTree tree) throws IOException {
        TreeEntry best = null;
        try (var walk = new TreeWalk(reader)) {
            walk.addTree(tree);
            while (walk.next()) {
                best = betterReadme(best, TreeEntry.at(walk));
            }
        }
        if (best == null) {
            throw new Problem(ErrorCode.FILE_NOT_FOUND, README);
        }
        return best;
    }

    /** Whichever of two entries of a folder tells about it better; the first where the second does not at all. */
    static @Nullable TreeEntry betterReadme(@Nullable TreeEntry best, TreeEntry entry) {
        return isReadme(entry) && (best == null || BEST_FIRST.compare(entry, best) < 0) ? entry : best;
    }

    private static boolean isReadme(TreeEntry entry) {
        return entry.isFile() && !FileMode.SYMLINK.equals(entry.mode()) && rank(entry) >= 0;
    }

    private static int rank(TreeEntry entry) {
        return READMES.indexOf(entry.name().toLowerCase(Locale.ROOT));
    }
}
