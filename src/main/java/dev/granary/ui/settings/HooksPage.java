package dev.granary.ui.settings;

import dev.granary.ui.RepositoryPage;
import dev.granary.webhooks.Webhook;
import java.util.List;

/** The webhooks of a repository. */
public record HooksPage(RepositoryPage repository, List<Webhook> hooks) {
    public HooksPage {
        hooks = List.copyOf(hooks);
    }
}
