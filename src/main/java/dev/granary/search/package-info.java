/** Code search: an index of the default branches of all repositories, and what is found with it. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "kernel",
            "api",
            "storage",
            "access",
            "jobs",
            "commits",
            "projects",
            "repositories",
            "content",
            "statistics"
        })
package dev.granary.search;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
