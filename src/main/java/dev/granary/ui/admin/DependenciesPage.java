package dev.granary.ui.admin;

import java.util.List;

/**
 * What the program is made of besides its own code.
 *
 * @param known whether the program was built with a list
 */
public record DependenciesPage(boolean known, List<Dependency> dependencies) {
    public DependenciesPage {
        dependencies = List.copyOf(dependencies);
    }
}
