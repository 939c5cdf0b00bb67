package dev.granary.statistics;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.granary.kernel.ServerAddress;
import dev.granary.kernel.Times;
import dev.granary.statistics.AuthorStore.AuthorTotal;
import dev.granary.statistics.AuthorStore.DayLines;
import dev.granary.statistics.StatisticsAnswers.DailyLines;
import dev.granary.statistics.StatisticsService.Files;
import dev.granary.statistics.StatisticsService.Recorded;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Answers about statistics in the form of v1 to v3. */
@Component
class LegacyStatisticsAnswers {
    private final ServerAddress server;

    LegacyStatisticsAnswers(ServerAddress server) {
        this.server = server;
    }

    /** A counting; see {@link StatisticsAnswers.StatisticsEvent}. */
    record Event(
            String branch,
            String createdAt,
            String date,
            long id,
            long projectId,
            String status,
            String updatedAt,
            @Nullable Long userId) {
        private static Event of(RefStatistics event) {
            return new Event(
                    event.shortName(),
                    Times.v2(event.requestedAt()),
                    LocalDate.ofEpochDay(Days.day(event.requestedAt())).toString(),
                    event.id(),
                    event.repositoryId(),
                    event.status(),
                    Times.v2(event.updatedAt()),
                    event.requesterId());
        }
    }

    /** What one author did on a branch. */
    record Author(
            long addLines,
            String branch,
            long commitCount,
            String createdAt,
            long deleteLines,
            long id,
            long projectId,
            String updatedAt,
            String userName) {
        private static Author of(RefStatistics event, AuthorTotal author) {
            return new Author(
                    author.additions(),
                    event.shortName(),
                    author.commits(),
                    Times.v2(author.firstAt()),
                    author.deletions(),
                    author.id(),
                    event.repositoryId(),
                    Times.v2(author.lastAt()),
                    author.name());
        }
    }

    /** What is recorded of a branch; {@code total} is the number of its authors. */
    record CommitStatistics(
            long allBranchCommitsCount,
            List<DailyLines> codelines,
            long count,
            Event event,
            List<Author> statistics,
            long total) {
        static CommitStatistics of(Recorded recorded) {
            return new CommitStatistics(
                    recorded.event().allCommits(),
                    DailyLines.of(recorded),
                    recorded.commits(),
                    Event.of(recorded.event()),
                    recorded.authors().items().stream()
                            .map(author -> Author.of(recorded.event(), author))
                            .toList(),
                    recorded.authors().total());
        }
    }

    /** That a branch is going to be counted; {@code joinId} is the id of the counting. */
    record Launch(boolean canStatistics, String joinId, String message) {
        static Launch of(RefStatistics event) {
            return new Launch(true, Long.toString(event.id()), event.status());
        }
    }

    /** Lines of some days. */
    record Lines(long additions, long deletions) {
        static Lines of(DayLines lines) {
            return new Lines(lines.additions(), lines.deletions());
        }
    }

    /** A repository in numbers; this one operation writes its names together. */
    record Summary(
            @JsonProperty("repoName") String repoName,
            @JsonProperty("commitCount") long commitCount,
            @JsonProperty("repoSize") String repoSize,
            @JsonProperty("lastCommitTime") @Nullable String lastCommitTime,
            @JsonProperty("codeLines") long codeLines,
            @JsonProperty("branchCount") long branchCount,
            @JsonProperty("archiveUrl") String archiveUrl) {}

    Summary summary(Files files) {
        var repository = files.repository();
        var at = files.committedAt();
        return new Summary(
                repository.name(),
                repository.commitCount(),
                StatisticsAnswers.size(repository),
                at == null ? null : Times.v1(at),
                StatisticsAnswers.linesOfCode(files),
                repository.branchCount(),
                server.base() + "/v2/repositories/" + repository.uuid() + "/archive");
    }
}
