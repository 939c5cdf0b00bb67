/** What Git computes without a record of anything: merges, conflicts, changes between trees, where lines went. */
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "commits"})
package dev.granary.merging;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
