/** Pages of projects and groups, and those on which they and repositories are created. */
@NullMarked
package dev.granary.ui.places;

import org.jspecify.annotations.NullMarked;
