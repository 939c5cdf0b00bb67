/**
 * Where names of source code are defined and used, found by parsers that run in processes of their own: what they read may
 * be made to break them.
 */
@NullMarked
@ApplicationModule(
        allowedDependencies = {"kernel", "api", "storage", "access", "jobs", "commits", "repositories", "content"})
package dev.granary.navigation;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
