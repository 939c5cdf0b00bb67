package dev.granary.ui.places;

import dev.granary.access.Role;
import dev.granary.kernel.Page;
import dev.granary.ui.PlacePage;
import dev.granary.ui.Viewer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The members of a project or group.
 *
 * @param number of this page, from 1
 * @param rows on a page
 * @param rights what the reader may change
 * @param failure why the last form was not taken; null when it was
 */
public record PeoplePage(
        PlacePage place,
        Page<Person> people,
        int number,
        int rows,
        Rights rights,
        @Nullable String failure) {

    /**
     * A member.
     *
     * @param own whether the role was given at the place itself and can be changed there
     */
    public record Person(String uuid, String name, boolean enabled, Role role, boolean own) {}

    /** Whether the reader may add members, change their roles and remove them. */
    public record Rights(boolean add, boolean change, boolean remove) {}

    /** What a role is called. */
    public static String name(Viewer viewer, Role role) {
        return viewer.locale().getLanguage().equals(Locale.CHINESE.getLanguage())
                ? role.chineseName()
                : role.englishName();
    }
}
