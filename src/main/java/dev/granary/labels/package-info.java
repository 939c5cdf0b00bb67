/** The labels of repositories. */
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "storage", "access"})
package dev.granary.labels;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
