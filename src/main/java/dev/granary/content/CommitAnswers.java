package dev.granary.content;

import dev.granary.commits.Commit;
import dev.granary.commits.CommitViews;
import dev.granary.content.FileDiff.CodeChange;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Answers about commits in v4's form. */
@Component
class CommitAnswers {
    private final CommitViews views;

    CommitAnswers(CommitViews views) {
        this.views = views;
    }

    /** A page of commits. */
    CommitListing listing(List<Commit> commits) {
        return new CommitListing(views.of(commits), days(commits));
    }

    /** One commit. */
    CommitDetail detail(long repositoryId, Commit commit, @Nullable List<CodeChange> changes) {
        return new CommitDetail(views.of(commit), commit.stats(), null, null, repositoryId, null, changes);
    }

    private static List<CommitListing.Day> days(List<Commit> commits) {
        var counts = new LinkedHashMap<String, Integer>();
        for (var commit : commits) {
            counts.merge(day(commit.committedAt()), 1, Integer::sum);
        }
        return counts.entrySet().stream()
                .map(entry -> new CommitListing.Day(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static String day(long millis) {
        return LocalDate.ofInstant(Instant.ofEpochMilli(millis), ZoneId.systemDefault())
                .toString();
    }
}
