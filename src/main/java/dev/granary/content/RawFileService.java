package dev.granary.content;

import dev.granary.access.Permission;
import dev.granary.commits.GitWork;
import dev.granary.kernel.Caller;
import dev.granary.repositories.HostedRepository;
import dev.granary.repositories.RepositoryService;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Opens files for sending them as they are. */
@Service
public class RawFileService {
    private final RepositoryService repositories;
    private final RevisionReader revisions;
    private final Blobs blobs;
    private final GitWork work;

    RawFileService(RepositoryService repositories, RevisionReader revisions, Blobs blobs, GitWork work) {
        this.repositories = repositories;
        this.revisions = revisions;
        this.blobs = blobs;
        this.work = work;
    }

    /**
     * A file as a branch, tag or commit has it.
     *
     * @param field the revision's name on the wire
     * @param revision null for the default branch
     */
    public StoredFile open(Caller caller, long repositoryId, String path, String field, @Nullable String revision) {
        var repository = repositories.require(caller, repositoryId, Permission.DOWNLOAD);
        return open(caller, repository, FilePath.stored("file_path", path), field, revision);
    }

    /** A file of a branch, of a repository named by its 32-digit id. */
    StoredFile open(Caller caller, String uuid, String branch, String path) {
        var repository = repositories.requireByUuid(caller, uuid, Permission.DOWNLOAD);
        return open(caller, repository, FilePath.stored("path", path), "branch_name", branch);
    }

    private StoredFile open(
            Caller caller, HostedRepository repository, FilePath path, String field, @Nullable String revision) {
        var entry = revisions.read(
                caller,
                repository,
                field,
                revision,
                (_, walk, commit) -> TreeEntry.requireFile(walk.getObjectReader(), commit.getTree(), path));
        return open(repository, entry);
    }

    /**
     * A file by the id of its content.
     *
     * @param path where it is, which is what it is called
     * @param name what it is to be called instead; null for that
     */
    StoredFile openBlob(Caller caller, long repositoryId, String blobId, String path, @Nullable String name) {
        var repository = repositories.require(caller, repositoryId, Permission.DOWNLOAD);
        var file = FilePath.stored("file_path", path);
        var id = Blobs.id(blobId);
        var known = revisions
                .find(caller, repository, Constants.HEAD, null, (_, walk, commit) -> {
                    var entry = TreeEntry.find(walk.getObjectReader(), commit.getTree(), file);
                    return entry != null && entry.id().equals(id) && entry.isFile();
                })
                .orElse(false);
        if (!known) {
            blobs.requireVisible(caller, repository, id);
        }
        var called = name == null || name.isBlank() ? path.substring(path.lastIndexOf('/') + 1) : name;
        return open(repository, new TreeEntry(path, called, FileMode.REGULAR_FILE, id));
    }

    private StoredFile open(HostedRepository repository, TreeEntry entry) {
        return work.run(() -> StoredFile.open(repositories.open(repository), entry));
    }
}
