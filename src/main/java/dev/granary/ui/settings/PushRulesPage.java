package dev.granary.ui.settings;

import dev.granary.refs.CommitRule;
import dev.granary.refs.GeneralCommitRule;
import dev.granary.ui.RepositoryPage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a repository asks of pushes and commits.
 *
 * @param inherited whether these are rules of something above
 * @param failure why the last form was not taken; null for none
 */
public record PushRulesPage(
        RepositoryPage repository,
        GeneralCommitRule general,
        List<CommitRule> rules,
        boolean inherited,
        @Nullable String failure) {
    public PushRulesPage {
        rules = List.copyOf(rules);
    }

    /** Where the page is. */
    public String address() {
        return repository.page("settings/push");
    }
}
