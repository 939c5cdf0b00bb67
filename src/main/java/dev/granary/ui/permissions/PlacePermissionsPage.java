package dev.granary.ui.permissions;

import dev.granary.ui.PlacePage;

/** What roles may do in a project or group. */
public record PlacePermissionsPage(PlacePage place, PermissionTable table) {}
