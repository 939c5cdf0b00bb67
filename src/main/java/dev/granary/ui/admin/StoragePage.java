package dev.granary.ui.admin;

import dev.granary.kernel.Page;
import dev.granary.repositories.HostedRepository;

/**
 * What takes how much room.
 *
 * @param repositories the largest first
 * @param number of this page, from 1
 * @param rows on a page
 */
public record StoragePage(Page<HostedRepository> repositories, int number, int rows) {}
