/**
 * The page: controllers that call the same services as the API, templates (in {@code src/main/jte}) and assets (in
 * {@code ui/assets} of the resources). A part per area of the page; what all parts share is here.
 */
@NullMarked
@ApplicationModule
package dev.granary.ui;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
