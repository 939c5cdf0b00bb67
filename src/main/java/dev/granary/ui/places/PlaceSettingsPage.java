package dev.granary.ui.places;

import dev.granary.ui.PlacePage;
import org.jspecify.annotations.Nullable;

/**
 * What a project or group is called and says.
 *
 * @param name as it was typed; so the other two
 * @param visibility of a group: {@code private} or {@code public}; of a project empty
 * @param failure why the last form was not taken; null when it was
 */
public record PlaceSettingsPage(
        PlacePage place,
        String name,
        String description,
        String visibility,
        @Nullable String failure) {}
