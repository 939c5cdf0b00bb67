package dev.granary.events;

import org.jspecify.annotations.Nullable;

/**
 * A repository as it was when something happened to it.
 *
 * @param uuid its id on the wire, 32 hex digits
 * @param path its place in clone addresses: {@code group/name}
 * @param visibility 0 private, 10 project, 20 public
 * @param oldPath of a renamed one its place before; null otherwise
 */
public record RepositoryFacts(
        String uuid,
        String name,
        String path,
        int visibility,
        String defaultBranch,
        @Nullable String oldPath) {}
