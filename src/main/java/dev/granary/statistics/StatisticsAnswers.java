package dev.granary.statistics;

import dev.granary.commits.CommitView;
import dev.granary.commits.CommitViews;
import dev.granary.identity.UserAccount;
import dev.granary.identity.UserService;
import dev.granary.kernel.Page;
import dev.granary.kernel.Times;
import dev.granary.members.MemberCounts;
import dev.granary.repositories.HostedRepository;
import dev.granary.reviews.ReviewCounts;
import dev.granary.statistics.AuthorStore.AuthorTotal;
import dev.granary.statistics.AuthorStore.LanguageTotal;
import dev.granary.statistics.StatisticsService.Files;
import dev.granary.statistics.StatisticsService.History;
import dev.granary.statistics.StatisticsService.Recorded;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Answers about statistics in v4's form. */
@Component
class StatisticsAnswers {
    private static final int PERCENT = 100;
    private static final int DECIMALS = 2;
    private static final BigDecimal MEBIBYTE = BigDecimal.valueOf(1 << 20);

    private final UserService users;
    private final CommitViews commits;
    private final Languages languages;
    private final MemberCounts members;
    private final ReviewCounts reviews;

    StatisticsAnswers(
            UserService users, CommitViews commits, Languages languages, MemberCounts members, ReviewCounts reviews) {
        this.users = users;
        this.commits = commits;
        this.languages = languages;
        this.members = members;
        this.reviews = reviews;
    }

    /**
     * A counting.
     *
     * @param userId who asked for it; null when nobody did
     * @param projectId the repository's id
     * @param statDate the day it was asked for
     */
    record StatisticsEvent(
            long id,
            @Nullable Long userId,
            long projectId,
            String branch,
            String status,
            String statDate,
            String createdAt,
            String updatedAt) {
        static StatisticsEvent of(RefStatistics event) {
            return new StatisticsEvent(
                    event.id(),
                    event.requesterId(),
                    event.repositoryId(),
                    event.shortName(),
                    event.status(),
                    LocalDate.ofEpochDay(Days.day(event.requestedAt())).toString(),
                    Times.v4(event.requestedAt()),
                    Times.v4(event.updatedAt()));
        }
    }

    /**
     * Whether a counting can be asked for. Nobody's are rationed, so the reason is always 0: nothing is used up.
     *
     * @param canStatistics false while one that was asked for is not done
     * @param event the last one that was asked for; null before the first
     */
    record StatisticsStatus(
            boolean canStatistics, int reason, @Nullable StatisticsEvent event) {
        static StatisticsStatus of(@Nullable RefStatistics event) {
            return new StatisticsStatus(
                    event == null || event.isFinished(), 0, event == null ? null : StatisticsEvent.of(event));
        }
    }

    /** What one author did on a branch; the times are those of the first commit and the last. */
    record AuthorStatistics(
            long id,
            long projectId,
            String branch,
            String userName,
            long addLines,
            long deleteLines,
            long commitCount,
            String createdAt,
            String updatedAt) {
        static List<AuthorStatistics> of(RefStatistics event, Page<AuthorTotal> authors) {
            return authors.items().stream()
                    .map(author -> new AuthorStatistics(
                            author.id(),
                            event.repositoryId(),
                            event.shortName(),
                            author.name(),
                            author.additions(),
                            author.deletions(),
                            author.commits(),
                            Times.v4(author.firstAt()),
                            Times.v4(author.lastAt())))
                    .toList();
        }
    }

    /** The lines of a day, written as {@code 20251030}. */
    record DailyLines(long additions, long deletions, String date) {
        static List<DailyLines> of(Recorded recorded) {
            return recorded.days().stream()
                    .map(lines -> new DailyLines(
                            lines.additions(),
                            lines.deletions(),
                            LocalDate.ofEpochDay(lines.day()).format(DateTimeFormatter.BASIC_ISO_DATE)))
                    .toList();
        }
    }

    /** What is recorded of a branch; {@code total} is the number of its authors, {@code count} that of its commits. */
    record LastStatistics(
            StatisticsEvent event,
            long total,
            List<AuthorStatistics> statistics,
            List<DailyLines> codelines,
            long count,
            long allBranchCommitsCount) {
        static LastStatistics of(Recorded recorded) {
            return new LastStatistics(
                    StatisticsEvent.of(recorded.event()),
                    recorded.authors().total(),
                    AuthorStatistics.of(recorded.event(), recorded.authors()),
                    DailyLines.of(recorded),
                    recorded.commits(),
                    recorded.event().allCommits());
        }
    }

    /** A commit as charts need it; the names are those of the user whose address the author's is. */
    record ChartCommit(
            String authorName,
            String date,
            @Nullable String nickName,
            @Nullable String tenantName,
            @Nullable String userName,
            boolean isMerge) {
        private static ChartCommit of(CommitView commit) {
            return new ChartCommit(
                    commit.authorName(),
                    commit.committedDate(),
                    commit.nickName(),
                    commit.tenantName(),
                    commit.userName(),
                    commit.parentIds().size() > 1);
        }
    }

    /** Commits and authors of a branch. */
    record CommitStatistics(List<ChartCommit> commits, List<AuthorStatistics> statistics, long total) {}

    CommitStatistics history(History history) {
        return new CommitStatistics(
                commits.of(history.commits()).stream().map(ChartCommit::of).toList(),
                AuthorStatistics.of(history.event(), history.authors()),
                history.authors().total());
    }

    /** Somebody who made commits; the last three are of the user whose address it is. */
    record Contributor(
            String name,
            String email,
            long commits,
            @Nullable String nickName,
            @Nullable String tenantName,
            @Nullable String userName) {}

    Page<Contributor> contributors(Page<AuthorTotal> authors) {
        var known =
                users.byEmails(authors.items().stream().map(AuthorTotal::email).collect(Collectors.toSet()));
        var account = users.account().name();
        return authors.map(author -> contributor(author, known, account));
    }

    private static Contributor contributor(AuthorTotal author, Map<String, UserAccount> known, String account) {
        var user = known.get(author.email().toLowerCase(Locale.ROOT));
        return new Contributor(
                author.name(),
                author.email(),
                author.commits(),
                user == null ? null : user.name(),
                user == null ? null : account,
                user == null ? null : user.name());
    }

    /** A language's share of the bytes of all languages, in percent. */
    record LanguageShare(String color, String label, BigDecimal value) {}

    /** The languages of the default branch, the largest first; the status is that of the counting. */
    record LanguageShares(List<LanguageShare> languages, String status) {}

    LanguageShares languages(Files files) {
        var known = files.languages().stream()
                .filter(total -> !total.name().isEmpty())
                .toList();
        var all = known.stream().mapToLong(LanguageTotal::bytes).sum();
        return new LanguageShares(
                known.stream()
                        .map(total -> new LanguageShare(
                                languages
                                        .named(total.name())
                                        .map(Language::color)
                                        .orElse("#cccccc"),
                                total.name(),
                                BigDecimal.valueOf(total.bytes() * PERCENT)
                                        .divide(BigDecimal.valueOf(all), DECIMALS, RoundingMode.HALF_UP)))
                        .toList(),
                files.event() == null ? RefStatistics.FINISHED : files.event().status());
    }

    /**
     * A repository in numbers; commits and lines are those of the default branch.
     *
     * @param repoSize for example {@code 0.26 MB}
     * @param lastCommitTime null without commits
     */
    record Summary(
            String repoName,
            long commitCount,
            String repoSize,
            @Nullable String lastCommitTime,
            long codeLines,
            long branchCount) {
        static Summary of(Files files) {
            var at = files.committedAt();
            var repository = files.repository();
            return new Summary(
                    repository.name(),
                    repository.commitCount(),
                    size(repository),
                    at == null ? null : Times.v4(at),
                    linesOfCode(files),
                    repository.branchCount());
        }
    }

    static String size(HostedRepository repository) {
        return BigDecimal.valueOf(repository.sizeBytes()).divide(MEBIBYTE, DECIMALS, RoundingMode.HALF_UP) + " MB";
    }

    static long linesOfCode(Files files) {
        return files.languages().stream().mapToLong(LanguageTotal::lines).sum();
    }

    /** How much there is in a repository; {@code noteCount} counts what people said in reviews. */
    record Counts(
            long branchesCount,
            long commitsCount,
            long membersCount,
            long tagsCount,
            long mergeRequestCount,
            long noteCount) {}

    Counts counts(HostedRepository repository) {
        return new Counts(
                repository.branchCount(),
                repository.commitCount(),
                members.ofRepository(repository.id()),
                repository.tagCount(),
                reviews.mergeRequests(repository.id()),
                reviews.notes(repository.id()));
    }
}
