/** What roles may do in repositories, groups and projects. */
@NullMarked
package dev.granary.ui.permissions;

import org.jspecify.annotations.NullMarked;
