package dev.granary.identity;

/**
 * The one tenant of an installation: IAM's domain.
 *
 * @param uuid IAM's domain id, 32 hex digits
 */
public record Account(long id, String uuid, String name, long createdAt) {}
