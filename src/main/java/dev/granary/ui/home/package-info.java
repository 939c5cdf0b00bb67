/** The front page, log-in and log-out. */
@NullMarked
package dev.granary.ui.home;

import org.jspecify.annotations.NullMarked;
