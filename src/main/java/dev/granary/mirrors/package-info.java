/** Repositories that follow others on other servers, are followed by them, or begin as a copy of one. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "kernel",
            "api",
            "storage",
            "identity",
            "access",
            "projects",
            "repositories",
            "outbound",
            "remotes",
            "jobs",
            "events"
        })
package dev.granary.mirrors;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
