/** Which addresses the server calls: the one policy for mirrors, imports and webhooks. */
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel"})
package dev.granary.outbound;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
