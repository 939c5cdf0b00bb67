package dev.granary.activity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.granary.commits.Commit;
import dev.granary.commits.GitWork;
import dev.granary.events.PushFacts;
import dev.granary.repositories.HostedRepository;
import dev.granary.repositories.RepositoryService;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Says how many commits pushes brought, and what the last of them is called. Asked again, it need not look again. */
@Component
class PushSummaries {
    /** Counted so far: a first push of a long history has at least so many. */
    static final long MOST_COMMITS = 10_000;

    private static final int REMEMBERED = 10_000;

    private final RepositoryService repositories;
    private final GitWork work;
    private final Cache<Push, Summary> known =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build();

    PushSummaries(RepositoryService repositories, GitWork work) {
        this.repositories = repositories;
        this.work = work;
    }

    private record Push(long repositoryId, PushFacts facts) {}

    /**
     * What a push brought.
     *
     * @param commits those that the ref did not have before or, of a new ref, that the default branch does not have
     * @param title the first line of the last commit's message; empty where there is none
     */
    record Summary(long commits, String title) {
        static final Summary NOTHING = new Summary(0, "");
    }

    /** The summaries of pushes to one repository. */
    Map<PushFacts, Summary> of(HostedRepository repository, Collection<PushFacts> pushes) {
        var summaries = new HashMap<PushFacts, Summary>();
        for (var push : pushes) {
            var summary = known.getIfPresent(new Push(repository.id(), push));
            if (summary != null) {
                summaries.put(push, summary);
            }
        }
        if (summaries.size() < pushes.size()) {
            var missing =
                    pushes.stream().filter(push -> !summaries.containsKey(push)).toList();
            summaries.putAll(work.run(() -> look(repository, missing)));
        }
        return summaries;
    }

    private Map<PushFacts, Summary> look(HostedRepository repository, Collection<PushFacts> pushes) throws IOException {
        var summaries = new HashMap<PushFacts, Summary>();
        try (var git = repositories.open(repository)) {
            for (var push : pushes) {
                var summary = look(git, repository, push);
                known.put(new Push(repository.id(), push), summary);
                summaries.put(push, summary);
            }
        }
        return summaries;
    }

    private static Summary look(Repository git, HostedRepository repository, PushFacts push) throws IOException {
        try (var walk = new RevWalk(git)) {
            walk.setRetainBody(false);
            var last = commit(walk, push.after());
            if (last == null) {
                return Summary.NOTHING;
            }
            var before = push.before() == null ? main(git, repository, push) : push.before();
            var from = commit(walk, before);
            walk.parseBody(last);
            var title = Commit.of(last).title();
            walk.markStart(last);
            if (from != null) {
                walk.markUninteresting(from);
            }
            long count = 0;
            while (count < MOST_COMMITS && walk.next() != null) {
                count++;
            }
            return new Summary(count, title);
        }
    }

    /** The commit of the default branch, for what is another branch or tag. */
    private static @Nullable String main(Repository git, HostedRepository repository, PushFacts push)
            throws IOException {
        var name = Constants.R_HEADS + repository.defaultBranch();
        var ref = name.equals(push.ref()) ? null : git.exactRef(name);
        return ref == null || ref.getObjectId() == null
                ? null
                : ref.getObjectId().name();
    }

    /** What an id leads to; null where that is no commit, or gone: overwritten, and housekeeping has been there. */
    private static @Nullable RevCommit commit(RevWalk walk, @Nullable String id) throws IOException {
        if (id == null) {
            return null;
        }
        try {
            return walk.parseCommit(ObjectId.fromString(id));
        } catch (MissingObjectException | IncorrectObjectTypeException e) {
            return null;
        }
    }
}
