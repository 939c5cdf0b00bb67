/** The pages of the installation's administrators. */
@NullMarked
package dev.granary.ui.admin;

import org.jspecify.annotations.NullMarked;
