package dev.granary.ui.admin;

import dev.granary.identity.UserAccount;
import dev.granary.kernel.Page;
import org.jspecify.annotations.Nullable;

/**
 * The users of the installation.
 *
 * @param search what their names or addresses contain
 * @param number of this page, from 1
 * @param rows on a page
 * @param failure why the last form was not taken; null when it was
 */
public record UsersPage(
        String search,
        Page<UserAccount> users,
        int number,
        int rows,
        @Nullable String failure) {}
