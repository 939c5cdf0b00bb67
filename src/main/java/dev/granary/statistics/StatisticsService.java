package dev.granary.statistics;

import dev.granary.access.AccessService;
import dev.granary.access.Permission;
import dev.granary.commits.Commit;
import dev.granary.commits.GitWork;
import dev.granary.kernel.Caller;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Page;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Slice;
import dev.granary.repositories.HostedRepository;
import dev.granary.repositories.RepositoryService;
import dev.granary.statistics.AuthorStore.AuthorTotal;
import dev.granary.statistics.AuthorStore.DayLines;
import dev.granary.statistics.AuthorStore.Filter;
import dev.granary.statistics.AuthorStore.LanguageTotal;
import dev.granary.statistics.AuthorStore.Order;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * Says what branches and tags consist of. Nothing is counted for a request: where what is recorded is older than the ref,
 * the request waits a little for the background, then answers with what there is.
 */
@Service
class StatisticsService {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final long PAUSE_MILLIS = 30;
    private static final int LONGEST_NAME = 2000;
    private static final int MOST_DAYS = 60;
    private static final int DAYS_SHOWN = 15;
    private static final int MOST_COMMITS = 1000;
    private static final long MILLIS = 1000;

    /** The authors of a ref that are shown together. */
    private static final Slice FIRST_AUTHORS = new Slice(0, Slice.MAXIMUM);

    private static final Filter MOST_ACTIVE = new Filter(false, "", Order.COMMITS, true);

    private final RepositoryService repositories;
    private final RefStatisticsStore store;
    private final AuthorStore authors;
    private final RefStatisticsUpdater updater;
    private final AccessService access;
    private final GitWork work;
    private final Clock clock;

    StatisticsService(
            RepositoryService repositories,
            RefStatisticsStore store,
            AuthorStore authors,
            RefStatisticsUpdater updater,
            AccessService access,
            GitWork work,
            Clock clock) {
        this.repositories = repositories;
        this.store = store;
        this.authors = authors;
        this.updater = updater;
        this.access = access;
        this.work = work;
        this.clock = clock;
    }

    /** A ref and the commit it leads to. */
    private record Target(HostedRepository repository, String fullName, ObjectId tip, long committedAt) {}

    /**
     * What is recorded of a branch.
     *
     * @param authors the first hundred, those of the most commits first, and how many there are
     * @param days the last fifteen days, the oldest first
     */
    record Recorded(RefStatistics event, Page<AuthorTotal> authors, List<DayLines> days, long commits) {}

    /** The newest commits of a branch, a thousand at most, and its authors. */
    record History(RefStatistics event, List<Commit> commits, Page<AuthorTotal> authors) {}

    /**
     * What is recorded of the default branch's files.
     *
     * @param event null without a default branch
     * @param committedAt the time of the default branch's last commit in epoch milliseconds; null without one
     */
    record Files(
            HostedRepository repository,
            @Nullable RefStatistics event,
            List<LanguageTotal> languages,
            @Nullable Long committedAt) {}

    /** Has a branch counted anew. */
    RefStatistics execute(Caller caller, long repositoryId, @Nullable String branch) {
        var repository = repositories.require(caller, repositoryId, Permission.VIEW);
        var user = access.requireUser(caller);
        if (branch == null) {
            throw Problem.invalid("branch_name", "required");
        }
        var target = target(caller, repository, "branch_name", branch);
        updater.request(repository, target.fullName(), user.id());
        return store.find(repositoryId, target.fullName())
                .orElseThrow(() -> new Problem(ErrorCode.REF_NOT_FOUND, branch));
    }

    /** What somebody asked for last. */
    Optional<RefStatistics> lastRequested(Caller caller, long repositoryId) {
        return store.lastRequested(
                repositories.require(caller, repositoryId, Permission.VIEW).id());
    }

    /** What is recorded of a branch. */
    Recorded show(Caller caller, long repositoryId, String branch) {
        var repository = repositories.require(caller, repositoryId, Permission.VIEW);
        var event = counted(target(caller, repository, "branch_name", branch));
        var today = Days.day(clock.millis());
        return new Recorded(
                event,
                authors.list(event.id(), MOST_ACTIVE, FIRST_AUTHORS),
                days(event, today - DAYS_SHOWN + 1, today),
                authors.commits(event.id()));
    }

    private List<DayLines> days(RefStatistics event, long first, long last) {
        var recorded = authors.days(event.id(), first, last);
        return LongStream.rangeClosed(first, last)
                .mapToObj(day -> recorded.stream()
                        .filter(lines -> lines.day() == day)
                        .findFirst()
                        .orElse(new DayLines(day, 0, 0)))
                .toList();
    }

    /** The newest commits of a branch with its authors. */
    History history(Caller caller, long repositoryId, String branch) {
        var repository = repositories.require(caller, repositoryId, Permission.VIEW);
        var target = target(caller, repository, "branch_name", branch);
        var event = counted(target);
        return new History(event, newest(caller, target), authors.list(event.id(), MOST_ACTIVE, FIRST_AUTHORS));
    }

    private List<Commit> newest(Caller caller, Target target) {
        try (var git = repositories.open(caller, target.repository())) {
            return work.run(() -> {
                var commits = new ArrayList<Commit>();
                try (var walk = new RevWalk(git)) {
                    walk.markStart(walk.parseCommit(target.tip()));
                    for (var commit = walk.next();
                            commit != null && commits.size() < MOST_COMMITS;
                            commit = walk.next()) {
                        commits.add(Commit.of(commit));
                    }
                }
                return commits;
            });
        }
    }

    /**
     * The lines that the commits of a branch added and deleted in some days.
     *
     * @param begin the first day, for example 2024-01-01
     * @param end the last one, at most 60 days later
     */
    DayLines lines(Caller caller, long repositoryId, String branch, String begin, String end) {
        var repository = repositories.require(caller, repositoryId, Permission.VIEW);
        var first = Days.parse("begin_date", begin);
        var last = Days.parse("end_date", end);
        if (last < first) {
            throw Problem.invalid("end_date", "date-order");
        }
        if (last - first > MOST_DAYS) {
            throw Problem.invalid("end_date", "days-later", MOST_DAYS);
        }
        var event = counted(target(caller, repository, "ref_name", branch));
        var days = authors.days(event.id(), first, last);
        return new DayLines(
                first,
                days.stream().mapToLong(DayLines::additions).sum(),
                days.stream().mapToLong(DayLines::deletions).sum());
    }

    /** The authors of a branch or tag, the default branch if none is named; nobody in a repository without commits. */
    Page<AuthorTotal> contributors(Caller caller, long repositoryId, @Nullable String ref, Filter filter, Slice slice) {
        var repository = repositories.require(caller, repositoryId, Permission.VIEW);
        return orDefault(caller, repository, ref)
                .map(target -> authors.list(counted(target).id(), filter, slice))
                .orElse(new Page<>(List.of(), 0));
    }

    /** The files of a repository's default branch. */
    Files files(Caller caller, long repositoryId) {
        return files(caller, repositories.require(caller, repositoryId, Permission.VIEW));
    }

    /** The same for a repository named by its 32-digit id. */
    Files files(Caller caller, String repositoryUuid) {
        return files(caller, repositories.requireByUuid(caller, repositoryUuid, Permission.VIEW));
    }

    private Files files(Caller caller, HostedRepository repository) {
        return orDefault(caller, repository, null)
                .map(target -> {
                    var event = counted(target);
                    return new Files(repository, event, authors.languages(event.id()), target.committedAt());
                })
                .orElse(new Files(repository, null, List.of(), null));
    }

    /** A repository that the caller may view. */
    HostedRepository repository(Caller caller, long repositoryId) {
        return repositories.require(caller, repositoryId, Permission.VIEW);
    }

    private Optional<Target> orDefault(Caller caller, HostedRepository repository, @Nullable String ref) {
        if (ref != null && !ref.isEmpty()) {
            return Optional.of(target(caller, repository, "ref_name", ref));
        }
        return find(caller, repository, Constants.R_HEADS + repository.defaultBranch());
    }

    private Target target(Caller caller, HostedRepository repository, String field, String name) {
        if (name.isEmpty()) {
            throw Problem.invalid(field, "required");
        }
        if (name.length() > LONGEST_NAME) {
            throw Problem.invalid(field, "length", 1, LONGEST_NAME);
        }
        if (!Repository.isValidRefName(Constants.R_HEADS + name)) {
            throw Problem.invalid(field, "ref-name");
        }
        return find(caller, repository, Constants.R_HEADS + name, Constants.R_TAGS + name)
                .orElseThrow(() -> new Problem(ErrorCode.REF_NOT_FOUND, name));
    }

    private Optional<Target> find(Caller caller, HostedRepository repository, String... fullNames) {
        try (var git = repositories.open(caller, repository);
                var walk = new RevWalk(git)) {
            for (var name : fullNames) {
                var ref = git.exactRef(name);
                var tip = RefCounter.tip(walk, ref == null ? null : ref.getObjectId());
                if (tip.isPresent()) {
                    return Optional.of(new Target(
                            repository, name, tip.get().copy(), tip.get().getCommitTime() * MILLIS));
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is recorded, if possible of the commit that the ref leads to. */
    private RefStatistics counted(Target target) {
        var end = System.nanoTime() + PATIENCE.toNanos();
        var asked = false;
        while (true) {
            var known = store.find(target.repository().id(), target.fullName());
            if (known.filter(there -> isOf(there, target.tip())).isPresent()) {
                return known.get();
            }
            if (!asked && known.map(RefStatistics::isFinished).orElse(true)) {
                updater.request(target.repository(), target.fullName(), null);
            }
            asked = true;
            if (System.nanoTime() - end > 0) {
                return known.filter(there -> there.countedCommit() != null)
                        .orElseThrow(() -> new Problem(ErrorCode.BUSY));
            }
            pause();
        }
    }

    private static boolean isOf(RefStatistics known, ObjectId tip) {
        return known.isFinished() && tip.name().equals(known.countedCommit());
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Problem(ErrorCode.BUSY);
        }
    }
}
