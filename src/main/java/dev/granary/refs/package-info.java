/** The rules that every change of a ref passes, whichever way it comes in. */
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "storage", "identity", "access", "commits", "repositories"})
package dev.granary.refs;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
