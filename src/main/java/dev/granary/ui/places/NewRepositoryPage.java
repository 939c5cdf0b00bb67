package dev.granary.ui.places;

import dev.granary.projects.Namespace;
import dev.granary.repositories.RepositoryTemplate;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * The page on which a repository is created.
 *
 * @param places where it may be put
 * @param gitignores the languages there is a .gitignore for
 * @param licences names of licences by number
 * @param templates those the reader may use
 * @param failure why it was not created; null at first
 */
public record NewRepositoryPage(
        NewRepositoryForm form,
        List<Namespace> places,
        List<String> gitignores,
        SortedMap<Integer, String> licences,
        List<RepositoryTemplate> templates,
        @Nullable String failure) {
    public NewRepositoryPage {
        places = List.copyOf(places);
        gitignores = List.copyOf(gitignores);
        templates = List.copyOf(templates);
    }
}
