package dev.granary.events;

/**
 * Whose role changed.
 *
 * @param userId the member
 * @param role the role given or, of one removed, had; as the database calls it
 */
public record MemberFacts(long userId, String role) {}
