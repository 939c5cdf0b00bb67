package dev.granary.projects;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A group: what repositories of a project, and further groups, are gathered in. Times are epoch milliseconds.
 *
 * @param projectUuid the id of its project on the wire
 * @param parentId the group it is in; null directly in the project
 * @param name also its segment in clone addresses
 * @param path its whole place in clone addresses, beginning with the project's path
 * @param visibility {@value #PRIVATE} or {@value #PUBLIC}: who may see that it is there
 * @param ownerId who answers for it, at first its creator
 */
public record Group(
        long id,
        long projectId,
        String projectUuid,
        String projectName,
        @Nullable Long parentId,
        String name,
        String path,
        String description,
        int visibility,
        long creatorId,
        long ownerId,
        long createdAt,
        long updatedAt) {
    /** Seen by those who have a role in it or in its project. */
    public static final int PRIVATE = 0;

    /** Seen by everybody. */
    public static final int PUBLIC = 20;

    /** How deep groups may be nested. */
    static final int MOST_LEVELS = 10;

    /** The most characters of a description. */
    static final int LONGEST_DESCRIPTION = 1000;

    /** The most characters of a path; with the longest name of a repository it still is a clone address. */
    static final int LONGEST_PATH = 1500;

    /** The names a person reads, for example {@code My project / tools}. */
    public String fullName() {
        return PlaceNames.readable(projectName, path);
    }

    /** How deep it is: 1 directly in the project. */
    public int level() {
        return level(path);
    }

    /** How deep the group of a path is; 0 for a project's path. */
    static int level(String path) {
        return (int) path.chars().filter(character -> character == '/').count();
    }

    /** The names of the groups that it is in, the outermost first. */
    public List<String> ancestorNames() {
        var segments = Arrays.asList(path.split("/"));
        return segments.subList(1, segments.size() - 1);
    }

    /** {@code public} or {@code private}. */
    public String visibilityName() {
        return visibility == PUBLIC ? "public" : "private";
    }
}
