/** Work items of trackers: what is linked to them, what is known of them, and what they decide. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {"kernel", "api", "storage", "access", "projects", "commits", "repositories", "jobs"})
package dev.granary.workitems;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
