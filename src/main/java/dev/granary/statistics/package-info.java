/** What repositories consist of and who made them: commits and lines by author and day, languages, counts. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "kernel",
            "api",
            "storage",
            "identity",
            "access",
            "jobs",
            "commits",
            "repositories",
            "content",
            "members",
            "reviews"
        })
package dev.granary.statistics;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
