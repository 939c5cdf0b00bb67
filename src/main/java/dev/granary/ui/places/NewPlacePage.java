package dev.granary.ui.places;

import dev.granary.projects.Namespace;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The page on which a project or a group is created, with what was typed last.
 *
 * @param in the path of the project or group to put a group into
 * @param visibility of a group: {@code private} or {@code public}
 * @param places where a group may be put
 * @param failure why it was not created; null at first
 */
public record NewPlacePage(
        String in,
        String name,
        String description,
        String visibility,
        List<Namespace> places,
        @Nullable String failure) {
    public NewPlacePage {
        places = List.copyOf(places);
    }
}
