/** The pages on which people look after their own account. */
@NullMarked
package dev.granary.ui.account;

import org.jspecify.annotations.NullMarked;
