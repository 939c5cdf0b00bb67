package dev.granary.ui.repository;

import dev.granary.content.BrowseService;
import dev.granary.content.BrowseService.Place;
import dev.granary.ui.RepositoryPage;
import dev.granary.ui.Viewer;
import org.springframework.stereotype.Component;

/** Reads the ends of addresses that name a ref and a path. */
@Component
class PagePlaces {
    private final BrowseService browse;

    PagePlaces(BrowseService browse) {
        this.browse = browse;
    }

    /**
     * Where an address leads.
     *
     * @param rest what a path pattern found, with its leading slash; the root of the default branch where there is nothing
     */
    Place of(Viewer viewer, RepositoryPage repository, String rest) {
        var text = rest.startsWith("/") ? rest.substring(1) : rest;
        return browse.locate(viewer.caller(), repository.repository(), text);
    }
}
