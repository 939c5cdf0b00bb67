package dev.granary.content;

import dev.granary.access.Permission;
import dev.granary.kernel.Caller;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import dev.granary.repositories.HostedRepository;
import dev.granary.repositories.RepositoryService;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Packs the files of commits. */
@Service
public class ArchiveService {
    private static final String DEFAULT_FORMAT = "zip";
    private static final Pattern UNSAFE = Pattern.compile("[^\\p{L}\\p{N}._-]+");

    private final RepositoryService repositories;
    private final RevisionReader revisions;
    private final LongWork work;

    ArchiveService(RepositoryService repositories, RevisionReader revisions, LongWork work) {
        this.repositories = repositories;
        this.revisions = revisions;
        this.work = work;
    }

    /**
     * The files of a revision.
     *
     * @param revision null for the default branch
     * @param path the folder or file to pack; null for all
     * @param format null for zip
     */
    public Archive open(
            Caller caller,
            long repositoryId,
            @Nullable String revision,
            @Nullable String path,
            @Nullable String format) {
        var repository = repositories.require(caller, repositoryId, Permission.DOWNLOAD);
        var packed = Archive.Format.of("archive_format", format == null || format.isEmpty() ? DEFAULT_FORMAT : format);
        return open(caller, repository, revision, path == null ? "" : path, packed);
    }

    /** The files of a revision of a repository named by its 32-digit id. */
    Archive open(Caller caller, String uuid, String revision, String format) {
        var repository = repositories.requireByUuid(caller, uuid, Permission.DOWNLOAD);
        var packed = Archive.Format.of("format", format);
        return open(caller, repository, revision, "", packed);
    }

    private Archive open(
            Caller caller, HostedRepository repository, @Nullable String revision, String path, Archive.Format format) {
        var trimmed = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        var wanted = trimmed.isEmpty() ? null : FilePath.stored("path", trimmed);
        var commit = revisions.read(caller, repository, "sha", revision, (_, walk, found) -> {
            if (wanted != null && TreeEntry.find(walk.getObjectReader(), found.getTree(), wanted) == null) {
                throw new Problem(ErrorCode.FILE_NOT_FOUND, wanted.text());
            }
            return found.copy();
        });
        var named = revision == null || revision.isEmpty() ? repository.defaultBranch() : revision;
        var name = repository.name() + "-" + named + (trimmed.isEmpty() ? "" : "-" + trimmed);
        return new Archive(
                repositories.open(repository), work, UNSAFE.matcher(name).replaceAll("-"), commit, trimmed, format);
    }
}
