package dev.granary.reviews;

/**
 * Which merge requests of a repository somebody wants to look at; empty texts are for any.
 *
 * @param state {@code opened}, {@code merged}, {@code closed} or {@code all}
 * @param author the log-in name of who made it
 * @param assignee the log-in name of somebody to whom it is assigned
 * @param reviewer the log-in name of somebody who reviews it, approves it or votes on it
 * @param label the name of a label
 * @param search a part of the title, or the number
 * @param order {@code newest}, {@code oldest} or {@code updated} for the last changed first
 */
public record RequestFilter(
        String state, String author, String assignee, String reviewer, String label, String search, String order) {}
