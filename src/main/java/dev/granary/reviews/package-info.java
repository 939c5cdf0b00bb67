/** Merge requests: their life, their versions, what people say about them, and their merge. */
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
            "workitems",
            "commits",
            "repositories",
            "refs",
            "merging",
            "content",
            "events"
        })
package dev.granary.reviews;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
