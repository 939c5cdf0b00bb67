package dev.granary.ui.account;

import dev.granary.identity.PersonalToken;
import dev.granary.kernel.Page;
import org.jspecify.annotations.Nullable;

/**
 * The reader's access tokens.
 *
 * @param number of this page, from 1
 * @param rows on a page
 * @param made the token that was just made, with its secret; null at any other time
 * @param failure why the last form was not taken; null when it was
 */
public record TokensPage(
        Page<PersonalToken> tokens,
        int number,
        int rows,
        @Nullable PersonalToken made,
        @Nullable String failure) {}
