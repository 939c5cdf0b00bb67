package dev.granary.ui.admin;

import java.util.SortedMap;

/**
 * How the installation does.
 *
 * @param status {@code UP} or what else the worst of its parts is
 * @param parts the status of each by its name
 */
public record HealthPage(String status, SortedMap<String, String> parts) {}
