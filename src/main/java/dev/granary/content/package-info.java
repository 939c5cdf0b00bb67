/** Files, commits and diffs, read and written through the API. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "kernel",
            "api",
            "storage",
            "identity",
            "access",
            "commits",
            "repositories",
            "refs",
            "merging"
        })
package dev.granary.content;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
