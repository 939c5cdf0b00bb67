package dev.granary.ui.repository;

import dev.granary.content.BlameService.Blamed;
import dev.granary.content.BrowseService.Place;
import dev.granary.ui.RepositoryPage;

/** A file with the commits that its lines come from. */
public record BlamePage(RepositoryPage repository, Place place, Blamed blamed) {}
