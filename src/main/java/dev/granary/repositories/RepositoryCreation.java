package dev.granary.repositories;

import dev.granary.access.Visibility;
import dev.granary.kernel.Problem;
import dev.granary.projects.PlaceNames;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a repository is to begin with; every part is checked.
 *
 * @param visibility 0 private, 10 project, 20 public
 * @param inheritsMembers whether the project's members are its members
 * @param files the content of the first commit by file name; empty: no commit
 */
record RepositoryCreation(
        String name, String description, int visibility, boolean inheritsMembers, Map<String, String> files) {
    private static final int DESCRIPTION_MAXIMUM = 2000;

    RepositoryCreation {
        PlaceNames.require("name", name);
        if (description.length() > DESCRIPTION_MAXIMUM) {
            throw Problem.invalid("description", "length", 0, DESCRIPTION_MAXIMUM);
        }
        if (description.chars().anyMatch(RepositoryCreation::isControl)) {
            throw Problem.invalid("description", "plain-text");
        }
        if (Visibility.ofLevel(visibility) == null) {
            throw Problem.invalid("visibility_level", "one-of", "0, 10, 20");
        }
        files = Map.copyOf(files);
    }

    /** Line ends and tabs are fine in a description. */
    private static boolean isControl(int character) {
        return Character.isISOControl(character) && character != '\n' && character != '\r' && character != '\t';
    }

    /** The choice of a 0-or-1 field on the wire; absent stands for no. */
    static boolean chosen(String field, @Nullable Integer value) {
        if (value != null && value != 0 && value != 1) {
            throw Problem.invalid(field, "one-of", "0, 1");
        }
        return value != null && value == 1;
    }

    /** A text field of the wire where blank means absent. */
    static boolean given(@Nullable String text) {
        return text != null && !text.isBlank();
    }
}
