package dev.granary.content;

import dev.granary.commits.GitWork;
import dev.granary.commits.Revisions;
import dev.granary.kernel.Caller;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import dev.granary.repositories.HostedRepository;
import dev.granary.repositories.RepositoryService;
import java.io.IOException;
import java.util.Optional;
import org.eclipse.jgit.errors.CancelledException;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads what a branch, tag or commit has, on the threads for such work. The permission has been checked before. */
@Component
public class RevisionReader {
    private final RepositoryService repositories;
    private final GitWork work;

    RevisionReader(RepositoryService repositories, GitWork work) {
        this.repositories = repositories;
        this.work = work;
    }

    /** Reads out of a commit. */
    @FunctionalInterface
    public interface Reading<T> {
        /** What is read; the commit and what else is parsed belong to the walk, which ends afterwards. */
        T read(Repository git, RevWalk walk, RevCommit commit) throws IOException;
    }

    /**
     * What is read at a revision, or at the default branch where none is named.
     *
     * @param field the revision's name on the wire
     * @throws Problem {@link ErrorCode#REF_NOT_FOUND}, also for the default branch of an empty repository
     */
    public <T> T read(
            Caller caller, HostedRepository repository, String field, @Nullable String revision, Reading<T> reading) {
        return find(caller, repository, field, revision, reading)
                .orElseThrow(() -> new Problem(ErrorCode.REF_NOT_FOUND, repository.defaultBranch()));
    }

    /** The same; empty for the default branch of an empty repository. */
    public <T> Optional<T> find(
            Caller caller, HostedRepository repository, String field, @Nullable String revision, Reading<T> reading) {
        try (var git = repositories.open(caller, repository)) {
            return work.run(() -> {
                try (var reader = git.newObjectReader();
                        var walk = new RevWalk(reader)) {
                    var commit = new Revisions(git, walk).orDefault(field, revision);
                    return commit.isPresent() ? Optional.of(reading.read(git, walk, commit.get())) : Optional.empty();
                } catch (CancelledException e) {
                    throw new Problem(ErrorCode.TOOK_TOO_LONG);
                }
            });
        }
    }
}
