package dev.granary.projects;

/**
 * A project: what repositories and their members belong to. Times are epoch milliseconds.
 *
 * @param uuid the id on the wire, 32 hex digits
 * @param path the first segment of its repositories' clone addresses, made from the name
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
        long updatedAt) {}
