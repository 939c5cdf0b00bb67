package dev.granary.ui.settings;

import dev.granary.ui.RepositoryPage;
import org.jspecify.annotations.Nullable;

/**
 * What a repository is called and who may see it.
 *
 * @param name as it was typed last; so the others
 * @param failure why the last form was not taken; null for none
 */
public record GeneralPage(
        RepositoryPage repository,
        String name,
        String description,
        int visibility,
        String branch,
        @Nullable String failure) {
    static GeneralPage of(RepositoryPage repository) {
        var record = repository.repository();
        return new GeneralPage(
                repository, record.name(), record.description(), record.visibility(), record.defaultBranch(), null);
    }

    GeneralPage failed(String text) {
        return new GeneralPage(repository, name, description, visibility, branch, text);
    }
}
