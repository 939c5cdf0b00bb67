/** The settings of a repository. */
@NullMarked
package dev.granary.ui.settings;

import org.jspecify.annotations.NullMarked;
