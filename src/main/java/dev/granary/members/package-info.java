/** Members of groups and repositories, user groups among them, and the matrix of permissions. */
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "api", "storage", "identity", "access", "projects"})
package dev.granary.members;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
