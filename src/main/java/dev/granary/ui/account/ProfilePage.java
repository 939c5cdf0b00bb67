package dev.granary.ui.account;

import dev.granary.identity.UserAccount;
import org.jspecify.annotations.Nullable;

/**
 * Who the reader is.
 *
 * @param email the address that a code was or is to be sent to; empty before
 * @param failure why the last form was not taken; null when it was
 */
public record ProfilePage(
        UserAccount user, String email, @Nullable String failure) {}
