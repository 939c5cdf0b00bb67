/** Talks Git to other servers: fetches from them and pushes to them, whatever they answer. */
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "storage", "repositories", "transport", "outbound"})
package dev.granary.remotes;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
