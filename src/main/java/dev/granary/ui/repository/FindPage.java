package dev.granary.ui.repository;

import dev.granary.kernel.Page;
import dev.granary.ui.RepositoryPage;

/**
 * The files of a ref whose paths contain a text.
 *
 * @param search the text; empty for all
 * @param paths the first of them
 */
public record FindPage(RepositoryPage repository, String ref, String search, Page<String> paths) {}
