package dev.granary.ui.places;

import dev.granary.kernel.Page;
import dev.granary.repositories.NamespaceContentService.Item;
import dev.granary.ui.PlacePage;

/**
 * A page of what is in a project or group.
 *
 * @param search what the names contain
 * @param number of this page, from 1
 * @param rows on a page
 */
public record ContentPage(PlacePage place, String search, Page<Item> items, int number, int rows) {}
