/** The two wire dialects: envelopes, errors, languages, request ids, argument resolvers, OpenAPI. No features. */
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel"})
package dev.granary.api;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
