package dev.granary.reviews;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the conflicts of a request are decided; every file in conflict is named. */
record ConflictResolution(
        @Nullable String commitMessage, @Nullable List<@Nullable FileChoice> files) {

    /**
     * How one file is decided: by its content, or by a choice in each section.
     *
     * @param newPath as the list of conflicts says; so is {@code oldPath}
     * @param sections by the ids of the sections: {@code head} for the source branch, {@code origin} for the target
     */
    record FileChoice(
            @Nullable String oldPath,
            @Nullable String newPath,
            @Nullable Object sections,
            @Nullable String content) {}

    /** What came of it. */
    record Resolved(String message) {}
}
