package dev.granary.content;

import dev.granary.content.CommitView.Author;
import dev.granary.content.FileDiff.CodeChange;
import dev.granary.identity.UserService;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Puts commits into v4's form, with the users their authors are. */
@Component
class CommitViews {
    private final UserService users;

    CommitViews(UserService users) {
        this.users = users;
    }

    /** A page of commits; its users are looked up at once. */
    CommitView.Listing listing(List<Commit> commits) {
        var authors = users.byEmails(commits.stream().map(CommitViews::address).collect(Collectors.toSet()));
        var account = users.account().name();
        var views = commits.stream()
                .map(commit -> {
                    var user = authors.get(address(commit));
                    return CommitView.of(commit, user == null ? null : new Author(user.id(), user.name(), account));
                })
                .toList();
        return new CommitView.Listing(views, days(commits));
    }

    /** One commit. */
    CommitView.Detail detail(long repositoryId, Commit commit, @Nullable List<CodeChange> changes) {
        var view = listing(List.of(commit)).commits().getFirst();
        return new CommitView.Detail(view, commit.stats(), null, null, repositoryId, null, changes);
    }

    private static String address(Commit commit) {
        return commit.authorEmail().toLowerCase(Locale.ROOT);
    }

    private static List<CommitView.Day> days(List<Commit> commits) {
        var counts = new LinkedHashMap<String, Integer>();
        for (var commit : commits) {
            counts.merge(day(commit.committedAt()), 1, Integer::sum);
        }
        return counts.entrySet().stream()
                .map(entry -> new CommitView.Day(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static String day(long millis) {
        return LocalDate.ofInstant(Instant.ofEpochMilli(millis), ZoneId.systemDefault())
                .toString();
    }
}
