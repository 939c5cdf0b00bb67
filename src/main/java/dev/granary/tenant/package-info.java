/** What concerns the account as a whole. */
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "api", "storage", "identity", "access"})
package dev.granary.tenant;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
