package dev.granary.reviews;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the conflicts of a request are decided; every file in conflict is named. */
public record ConflictResolution(
        @Nullable String commitMessage, @Nullable List<@Nullable FileChoice> files) {

    /**
     * How one file is decided: by its content, or by a choice in each section.
     *
     * @param newPath as the list of conflicts says; so is {@code oldPath}
     * @param sections by the ids of the sections: {@code head} for the source branch, {@code origin} for the target; the
     *     id of the file as a whole stands for all that are not decided by themselves
     * @param seen the id of the file as a whole when it was shown, if it must still be the same; not on the wire, where
     *     the ids of sections say as much
     */
    public record FileChoice(
            @Nullable String oldPath,
            @Nullable String newPath,
            @Nullable Object sections,
            @Nullable String content,
            @JsonIgnore @Nullable String seen) {}

    /** What came of it. */
    public record Resolved(String message) {}
}
