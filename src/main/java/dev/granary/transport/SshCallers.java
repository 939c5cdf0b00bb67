package dev.granary.transport;

import dev.granary.identity.Authenticator;
import dev.granary.identity.SshKeys;
import dev.granary.kernel.Caller;
import java.security.PublicKey;
import java.util.Optional;
import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.apache.sshd.common.config.keys.OpenSshCertificate;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.server.auth.pubkey.PublickeyAuthenticator;
import org.apache.sshd.server.session.ServerSession;
import org.springframework.stereotype.Component;

/**
 * Says who is behind an SSH connection. The key is asked about again for every command, so that a removed key and a
 * disabled user stop working on open connections too.
 */
@Component
class SshCallers implements PublickeyAuthenticator, SessionListener {
    /** The user name that clone addresses carry. */
    private static final String GIT = "git";

    private static final AttributeKey<PublicKey> KEY = new AttributeKey<>();

    private final Authenticator authenticator;
    private final SshKeys keys;

    SshCallers(Authenticator authenticator, SshKeys keys) {
        this.authenticator = authenticator;
        this.keys = keys;
    }

    /** Called before the signature is checked, and last for the key whose signature was good. */
    @Override
    public boolean authenticate(String username, PublicKey key, ServerSession session) {
        if (key instanceof OpenSshCertificate) {
            return false;
        }
        var known = authenticator
                .sshKey(key)
                .filter(caller -> username.equals(GIT)
                        || (caller instanceof Caller.User user && user.name().equalsIgnoreCase(username)))
                .isPresent();
        if (known) {
            session.setAttribute(KEY, key);
        }
        return known;
    }

    /** Records the key's use once its signature was good; not on the thread that serves all connections. */
    @Override
    public void sessionEvent(Session session, Event event) {
        var key = session.getAttribute(KEY);
        if (event == Event.Authenticated && key != null) {
            Thread.ofVirtual().name("ssh-key-use").start(() -> keys.used(key));
        }
    }

    /** Who is behind an authenticated connection; empty when the key is no longer good for anything. */
    Optional<Caller> of(Session session) {
        return Optional.ofNullable(session.getAttribute(KEY)).flatMap(authenticator::sshKey);
    }
}
