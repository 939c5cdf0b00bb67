/** The pages of merge requests: lists, forms, the time line, changes with discussions, approval and merge. */
@NullMarked
package dev.granary.ui.review;

import org.jspecify.annotations.NullMarked;
