/** Git over HTTP and SSH. */
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "api", "storage", "identity", "access", "repositories", "refs"})
package dev.granary.transport;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
