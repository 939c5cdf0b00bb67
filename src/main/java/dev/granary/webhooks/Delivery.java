package dev.granary.webhooks;

/**
 * One event for one webhook. Times are epoch milliseconds.
 *
 * @param number its place in the order of the webhook's deliveries
 * @param state {@code pending}, {@code delivered} or {@code dead}
 * @param dueAt when it may be tried
 * @param since from when its time to arrive counts
 */
public record Delivery(
        long id,
        long webhookId,
        long number,
        long eventId,
        String state,
        long attempts,
        long dueAt,
        long since,
        long changedAt) {
    static final String PENDING = "pending";
    static final String DEAD = "dead";

    /** Whether it waits for its turn or for another try. */
    public boolean pending() {
        return state.equals(PENDING);
    }

    /** Whether it was given up. */
    public boolean dead() {
        return state.equals(DEAD);
    }
}
