/** The life of Git repositories: creation, listing, opening, forks, locks, housekeeping, removal. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "kernel",
            "api",
            "storage",
            "identity",
            "access",
            "projects",
            "jobs",
            "outbound",
            "events"
        })
package dev.granary.repositories;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
