package dev.granary.navigation;

/**
 * A name in a file.
 *
 * @param kind what it is, {@code class} or {@code method} for example; of a use, how it is used: {@code call},
 *     {@code type}, {@code import} or {@code reference}
 * @param line its number, from 1
 * @param lineText the line, cut when it is long
 * @param range of what defines it, or of the name that is used: line and column of its first and of its last character,
 *     {@code 3:5-7:2} for example
 * @param scope the names of what is around it with dots between, {@code Outer.Inner} for example; empty at the top
 */
public record Symbol(String name, String kind, int line, String lineText, String range, String scope) {}
