package dev.granary.projects;

import java.util.List;

/**
 * A project: what repositories and their members belong to. Times are epoch milliseconds.
 *
 * @param uuid the id on the wire, 32 hex digits
 * @param path the first segment of its repositories' clone addresses, made from the name it was created with
 * @param type ProjectMan's kind of project, for example {@code scrum}
 */
public record Project(
        long id,
        String uuid,
        String name,
        String path,
        String description,
        String type,
        long creatorId,
        long createdAt,
        long updatedAt) {
    /** The most characters of a name. */
    public static final int LONGEST_NAME = 128;

    /** The most characters of a description. */
    public static final int LONGEST_DESCRIPTION = 1000;

    /** ProjectMan's kinds of projects. They differ in work items, which this product does not manage yet. */
    public static final List<String> TYPES = List.of("scrum", "xboard", "basic", "phoenix");
}
