package dev.granary.search;

import org.jspecify.annotations.Nullable;

/**
 * Where is searched: in repositories that fulfil all that is given, among those whose files the caller may read.
 *
 * @param projectUuid the 32-digit id of the project they are in
 * @param groupId the group in which, or below which, they are
 */
public record CodeScope(
        @Nullable Long repositoryId,
        @Nullable String projectUuid,
        @Nullable Long groupId) {
    /** One repository. */
    public static CodeScope repository(long id) {
        return new CodeScope(id, null, null);
    }
}
