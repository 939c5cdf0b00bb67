/** The data folder, the data source with its writer gate, the schema, and encryption of secrets at rest. */
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel"})
package dev.granary.storage;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
