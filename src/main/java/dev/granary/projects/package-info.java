/** Projects and their members. */
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "api", "storage", "identity", "access"})
package dev.granary.projects;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
