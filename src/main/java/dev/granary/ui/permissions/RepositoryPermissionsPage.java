package dev.granary.ui.permissions;

import dev.granary.ui.RepositoryPage;

/** What roles may do in a repository. */
public record RepositoryPermissionsPage(RepositoryPage repository, PermissionTable table) {}
