/** Commits: how clients name them and how answers show them. */
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "identity"})
package dev.granary.commits;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
