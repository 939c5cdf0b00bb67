package dev.granary.ui.places;

import dev.granary.mirrors.Endpoint;
import dev.granary.ui.PlacePage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The stored credentials of a project.
 *
 * @param failure why the last form was not taken; null for none
 */
public record EndpointsPage(
        PlacePage place, List<Endpoint> endpoints, @Nullable String failure) {
    public EndpointsPage {
        endpoints = List.copyOf(endpoints);
    }

    /** The address of the page. */
    public String address() {
        return place.page("endpoints");
    }
}
