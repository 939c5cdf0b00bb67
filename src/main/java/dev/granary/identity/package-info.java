/** The account, its users and everything they prove who they are with. */
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "api", "storage", "access"})
package dev.granary.identity;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
