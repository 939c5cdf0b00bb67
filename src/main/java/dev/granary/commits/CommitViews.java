package dev.granary.commits;

import dev.granary.commits.CommitView.Author;
import dev.granary.identity.UserService;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Puts commits into v4's form, with the users their authors are. */
@Component
public class CommitViews {
    private final UserService users;

    CommitViews(UserService users) {
        this.users = users;
    }

    /** Several commits, in their order; the users are looked up at once. */
    public List<CommitView> of(List<Commit> commits) {
        var authors = users.byEmails(commits.stream().map(CommitViews::address).collect(Collectors.toSet()));
        var account = users.account().name();
        return commits.stream()
                .map(commit -> {
                    var user = authors.get(address(commit));
                    return CommitView.of(commit, user == null ? null : new Author(user.id(), user.name(), account));
                })
                .toList();
    }

    /** One commit. */
    public CommitView of(Commit commit) {
        return of(List.of(commit)).getFirst();
    }

    private static String address(Commit commit) {
        return commit.authorEmail().toLowerCase(Locale.ROOT);
    }
}
