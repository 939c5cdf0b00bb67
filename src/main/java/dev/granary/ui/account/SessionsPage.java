package dev.granary.ui.account;

import dev.granary.identity.BrowserSession;
import java.util.List;

/**
 * Where the reader has logged in.
 *
 * @param current the {@link BrowserSession#id()} of the session that asks
 */
public record SessionsPage(List<BrowserSession> sessions, String current) {
    public SessionsPage {
        sessions = List.copyOf(sessions);
    }
}
