/** Tells other servers what happened: webhooks of repositories, groups and projects, and their deliveries. */
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
            "repositories",
            "commits",
            "content",
            "outbound",
            "events"
        })
package dev.granary.webhooks;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
