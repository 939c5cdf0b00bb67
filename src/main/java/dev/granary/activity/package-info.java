/** What happened in repositories, for people: lists, a stream for pages, and who is to be notified of what. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "kernel",
            "api",
            "storage",
            "identity",
            "access",
            "projects",
            "commits",
            "repositories",
            "events"
        })
package dev.granary.activity;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
