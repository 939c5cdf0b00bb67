/** Work in the background that survives restarts and is done by one node at a time. */
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "storage"})
package dev.granary.jobs;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
