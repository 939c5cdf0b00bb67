/** Branches and tags, and the rules that every change of one passes, whichever way it comes in. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {"kernel", "api", "storage", "identity", "access", "projects", "commits", "repositories"})
package dev.granary.refs;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
