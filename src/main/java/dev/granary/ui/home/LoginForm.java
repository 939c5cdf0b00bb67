package dev.granary.ui.home;

import org.jspecify.annotations.Nullable;

/**
 * The form that asks who somebody is.
 *
 * @param name what was given as the name last
 * @param next the address to go to afterwards
 * @param failure why the last try failed; null before the first
 */
public record LoginForm(String name, String next, @Nullable String failure) {}
