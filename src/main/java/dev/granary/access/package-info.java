/** Roles, permissions and the one decision who may do what. */
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "storage", "events"})
package dev.granary.access;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
