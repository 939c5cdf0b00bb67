package dev.granary.statistics;

/**
 * A programming or markup language.
 *
 * @param color as charts show it, for example {@code #b07219}
 */
public record Language(String name, String color) {}
