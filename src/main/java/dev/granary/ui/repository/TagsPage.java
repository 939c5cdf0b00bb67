package dev.granary.ui.repository;

import dev.granary.kernel.Page;
import dev.granary.refs.RefBrowseService.TagRow;
import dev.granary.ui.RepositoryPage;
import org.jspecify.annotations.Nullable;

/**
 * The tags of a repository, and the form for a new one.
 *
 * @param search what their names contain; empty for all
 * @param number of this page, from 1
 * @param name what was typed as the new tag's name
 * @param from what was typed as what it names
 * @param message what was typed as its message
 * @param failure why the last form was refused; null for none
 */
public record TagsPage(
        RepositoryPage repository,
        String search,
        Page<TagRow> tags,
        int number,
        String name,
        String from,
        String message,
        @Nullable String failure) {}
