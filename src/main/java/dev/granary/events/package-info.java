/** What happened in repositories and around them, kept in the order in which it was written down. */
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "storage"})
package dev.granary.events;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
