package dev.granary.ui.repository;

import dev.granary.kernel.Page;
import dev.granary.ui.RepositoryPage;

/**
 * Branches and tags to choose from.
 *
 * @param kind the page they lead to: {@code tree}, {@code blob}…
 * @param current the one that is shown now
 * @param path of the file or folder that is shown
 */
public record RefChoices(
        RepositoryPage repository, String kind, String current, String path, Page<String> branches, Page<String> tags) {
    /** Whether there are more than are listed. */
    public boolean more() {
        return branches.total() > branches.items().size()
                || tags.total() > tags.items().size();
    }
}
