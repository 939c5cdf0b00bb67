package dev.granary.ui.places;

import dev.granary.kernel.Page;
import dev.granary.projects.Project;

/**
 * A page of the projects that the reader may see.
 *
 * @param search what their names or descriptions contain
 * @param number of this page, from 1
 * @param rows on a page
 */
public record ProjectsPage(String search, Page<Project> projects, int number, int rows) {}
