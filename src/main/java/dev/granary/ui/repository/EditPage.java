package dev.granary.ui.repository;

import dev.granary.content.BrowseService.Place;
import dev.granary.ui.RepositoryPage;
import org.jspecify.annotations.Nullable;

/**
 * The form that changes a file.
 *
 * @param kind {@code new}, {@code edit}, {@code delete} or {@code upload}
 * @param place the branch, and the file, or the folder of a new one
 * @param defaultMessage the commit's message where none is typed
 * @param failure why the last try was refused; null for none
 * @param changed whether that was because somebody else changed the file meanwhile
 */
public record EditPage(
        RepositoryPage repository,
        String kind,
        Place place,
        EditForm form,
        String defaultMessage,
        @Nullable String failure,
        boolean changed) {
    /** The address that takes the form. */
    public String action() {
        return repository.at(kind, place.ref(), place.path());
    }
}
