package dev.granary.refs;

import dev.granary.identity.UserService;
import dev.granary.refs.CommitRuleView.Privileged;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Commit rules as answers show them, with the names of the privileged. */
@Component
class CommitRuleAnswers {
    private final UserService users;

    CommitRuleAnswers(UserService users) {
        this.users = users;
    }

    CommitRuleView of(CommitRule rule, @Nullable Long repositoryId) {
        return of(List.of(rule), repositoryId).getFirst();
    }

    List<CommitRuleView> of(Collection<CommitRule> rules, @Nullable Long repositoryId) {
        var account = users.account().name();
        var known = users.byIds(rules.stream()
                .flatMap(rule -> rule.privilegedUserIds().stream())
                .distinct()
                .toList());
        return rules.stream()
                .map(rule -> CommitRuleView.of(
                        rule,
                        repositoryId,
                        rule.privilegedUserIds().stream()
                                .sorted()
                                .flatMap(id -> Stream.ofNullable(known.get(id)))
                                .map(user -> Privileged.of(user, account))
                                .toList()))
                .toList();
    }
}
