package dev.granary.ui.places;

import dev.granary.ui.PlacePage;
import org.jspecify.annotations.Nullable;

/**
 * What a project or group is called and says.
 *
 * @param failure why the last form was not taken; null when it was
 */
public record PlaceSettingsPage(PlacePage place, @Nullable String failure) {
    /** Whether everybody may see the group; false for a project. */
    public boolean open() {
        var group = place.namespace().group();
        return group != null && group.visibilityName().equals("public");
    }
}
