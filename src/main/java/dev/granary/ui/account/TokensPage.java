package dev.granary.ui.account;

import dev.granary.identity.PersonalToken;
import dev.granary.kernel.Page;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The reader's access tokens.
 *
 * @param number of this page, from 1
 * @param rows on a page
 * @param form what was typed
 * @param made the token that was just made, with its secret; null at any other time
 * @param failure why the last form was not taken; null when it was
 */
public record TokensPage(
        Page<PersonalToken> tokens,
        int number,
        int rows,
        Form form,
        @Nullable PersonalToken made,
        @Nullable String failure) {
    /**
     * A new token.
     *
     * @param expires the last day it is good for, in UTC; empty: for ever
     */
    public record Form(String name, List<String> scopes, String expires) {
        static final Form FRESH = new Form("", List.of(), "");

        public Form {
            scopes = List.copyOf(scopes);
        }
    }
}
