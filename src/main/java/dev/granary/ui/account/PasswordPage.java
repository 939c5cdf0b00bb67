package dev.granary.ui.account;

import org.jspecify.annotations.Nullable;

/**
 * The reader's password.
 *
 * @param forGit whether it is good for Git over HTTP
 * @param failure why the last form was not taken; null when it was
 */
public record PasswordPage(boolean forGit, @Nullable String failure) {}
