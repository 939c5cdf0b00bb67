package dev.granary.commits;

import dev.granary.commits.CommitView.Author;
import dev.granary.identity.CommitSignatures;
import dev.granary.identity.CommitSignatures.Checked;
import dev.granary.identity.UserService;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Puts commits into v4's form, with the users their authors are. */
@Component
public class CommitViews {
    private final UserService users;
    private final CommitSignatures signatures;

    CommitViews(UserService users, CommitSignatures signatures) {
        this.users = users;
        this.signatures = signatures;
    }

    /** Several commits, in their order; the users and their keys are looked up at once. */
    public List<CommitView> of(List<Commit> commits) {
        var authors = users.byEmails(commits.stream().map(CommitViews::address).collect(Collectors.toSet()));
        var checked = signatures.check(
                commits.stream().map(Commit::signed).filter(Objects::nonNull).toList());
        var account = users.account().name();
        return commits.stream()
                .map(commit -> {
                    var user = authors.get(address(commit));
                    return CommitView.of(
                            commit,
                            user == null ? null : new Author(user.id(), user.name(), account),
                            checked.getOrDefault(commit.signed(), Checked.NONE),
                            account);
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
