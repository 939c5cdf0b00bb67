package dev.granary.identity;

import org.jspecify.annotations.Nullable;

/**
 * Keystone's links, as paths on this server.
 *
 * @param previous always null, as lists come in one page
 * @param next always null, as lists come in one page
 */
record Links(
        String self, @Nullable String previous, @Nullable String next) {
    static Links to(String path) {
        return new Links(path, null, null);
    }
}
