/** Words every other module speaks: problems, pages, scopes, callers, times. Depends on nothing of ours. */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package dev.granary.kernel;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
