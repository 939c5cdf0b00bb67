package dev.granary.ui.home;

import dev.granary.activity.RecentPush;
import java.util.List;

/** The reader's last pushes. */
public record PushesPage(List<RecentPush> pushes) {
    public PushesPage {
        pushes = List.copyOf(pushes);
    }
}
