package dev.granary.identity;

/**
 * A session of somebody who logged in on the page. Times are epoch milliseconds.
 *
 * @param address whence
 * @param agent with what: the browser's {@code User-Agent}
 */
public record BrowserSession(String tokenHash, String address, String agent, long issuedAt, long expiresAt) {
    private static final int ID = 16;

    /** Names it among its user's; nobody gets in with it. */
    public String id() {
        return tokenHash.substring(0, ID);
    }
}
