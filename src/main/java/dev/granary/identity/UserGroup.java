package dev.granary.identity;

/**
 * Users who get roles together. Times are epoch milliseconds.
 *
 * @param uuid the id on the wire, 32 hex digits
 * @param name unique whatever its case
 */
public record UserGroup(long id, String uuid, String name, String description, long createdAt, long updatedAt) {}
