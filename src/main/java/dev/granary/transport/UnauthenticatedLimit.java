package dev.granary.transport;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;

/** Bounds the connections that have not said who they are, so that strangers cannot use up the server's memory. */
final class UnauthenticatedLimit implements SessionListener {
    private static final int MOST = 100;

    private final Set<Session> strangers = ConcurrentHashMap.newKeySet();

    @Override
    public void sessionCreated(Session session) {
        strangers.add(session);
        if (strangers.size() > MOST) {
            session.close(true);
        }
    }

    @Override
    public void sessionEvent(Session session, Event event) {
        if (event == Event.Authenticated) {
            strangers.remove(session);
        }
    }

    @Override
    public void sessionClosed(Session session) {
        strangers.remove(session);
    }
}
