package dev.granary.ui.settings;

import dev.granary.repositories.HousekeepingService.State;
import dev.granary.ui.RepositoryPage;

/** How a repository's files are kept. */
public record HousekeepingPage(RepositoryPage repository, State state) {}
