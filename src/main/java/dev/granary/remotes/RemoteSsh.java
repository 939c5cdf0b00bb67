package dev.granary.remotes;

import dev.granary.outbound.ForbiddenAddressException;
import dev.granary.outbound.OutboundPolicy;
import dev.granary.remotes.RemoteFailure.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.AttributeRepository;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.RemoteSession;
import org.eclipse.jgit.transport.RemoteSession2;
import org.eclipse.jgit.transport.SshSessionFactory;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.util.FS;
import org.jspecify.annotations.Nullable;

/**
 * The SSH connection of one transfer. It goes to a network address that the policy allowed. The host key is taken at
 * first sight; once it is known, no other will do.
 */
final class RemoteSsh extends SshSessionFactory {
    private static final Duration CONNECT = Duration.ofSeconds(30);
    private static final String USER = "git";

    private final OutboundPolicy policy;
    private final SshClients clients;
    private final Transfer transfer;
    private final URI uri;
    private final Remote remote;

    RemoteSsh(OutboundPolicy policy, SshClients clients, Transfer transfer, URI uri, Remote remote) {
        this.policy = policy;
        this.clients = clients;
        this.transfer = transfer;
        this.uri = uri;
        this.remote = remote;
    }

    @Override
    public RemoteSession getSession(URIish address, @Nullable CredentialsProvider provider, FS files, int timeout)
            throws TransportException {
        transfer.waits();
        ClientSession session = null;
        try {
            session = connect();
            authenticate(session);
            return new Session(session);
        } catch (IOException e) {
            if (session != null) {
                session.close(true);
            }
            throw new TransportException(address, "no session", e);
        } finally {
            transfer.goesOn();
        }
    }

    /** The kind of host key that is known first: a server that has several shows the one that is asked for. */
    <T extends NamedResource> List<T> preferred(List<T> algorithms) {
        var known = remote.knownHostKey();
        var kind = known == null ? "" : known.strip().split("\\s+", 2)[0];
        // Keys of RSA have one name, their signatures several.
        var name = kind.equals("ssh-rsa") ? "rsa" : kind;
        return algorithms.stream()
                .sorted(Comparator.comparingInt(
                        algorithm -> !name.isEmpty() && algorithm.getName().contains(name) ? 0 : 1))
                .toList();
    }

    /** How a connection asks whether it may trust the host. */
    boolean trusts(PublicKey key) {
        var shown = PublicKeyEntry.toString(key);
        transfer.saw(shown);
        var known = remote.knownHostKey();
        if (known == null || known.isBlank() || withoutComment(known).equals(withoutComment(shown))) {
            return true;
        }
        transfer.stop(Reason.HOST_KEY_CHANGED);
        return false;
    }

    private static String withoutComment(String key) {
        return key.strip().replaceFirst("^(\\S+)\\s+(\\S+).*", "$1 $2");
    }

    private ClientSession connect() throws IOException {
        var addresses = addresses();
        IOException last = new UnknownHostException(uri.getHost());
        for (var address : addresses) {
            transfer.check();
            try {
                var context = AttributeRepository.ofKeyValuePair(SshClients.REMOTE, this);
                var connecting = clients.client().connect(user(), address, context);
                Runnable cut = connecting::cancel;
                transfer.onStop(cut);
                try {
                    var session = connecting.verify(CONNECT).getSession();
                    transfer.onStop(() -> session.close(true));
                    return session;
                } finally {
                    transfer.forget(cut);
                }
            } catch (SshException e) {
                throw unreachable(e);
            } catch (IOException e) {
                last = e;
            }
        }
        throw last;
    }

    private List<InetSocketAddress> addresses() throws IOException {
        try {
            var port = OutboundPolicy.port(uri);
            return policy.resolve(uri.getHost()).stream()
                    .map(address -> new InetSocketAddress(address, port))
                    .toList();
        } catch (ForbiddenAddressException e) {
            throw transfer.stop(Reason.ADDRESS_FORBIDDEN, uri.getHost());
        }
    }

    private String user() {
        var info = uri.getUserInfo();
        if (info != null && !info.isEmpty()) {
            return info;
        }
        return remote.credentials() instanceof RemoteCredentials.Password password
                        && !password.username().isEmpty()
                ? password.username()
                : USER;
    }

    private void authenticate(ClientSession session) throws IOException {
        switch (remote.credentials()) {
            case RemoteCredentials.Password password -> session.addPasswordIdentity(password.secret());
            case RemoteCredentials.SshKey key -> session.addPublicKeyIdentity(pair(key));
            case RemoteCredentials.None _ -> {
                // Some let anybody read.
            }
        }
        try {
            session.auth().verify(CONNECT);
        } catch (SshException e) {
            throw e.getDisconnectCode() == SshConstants.SSH2_DISCONNECT_NO_MORE_AUTH_METHODS_AVAILABLE
                    ? transfer.stop(Reason.AUTHENTICATION)
                    : unreachable(e);
        }
    }

    private IOException unreachable(SshException failure) {
        return failure.getCause() instanceof TimeoutException
                ? transfer.stop(Reason.TIMEOUT, CONNECT.toSeconds())
                : transfer.stop(Reason.UNREACHABLE);
    }

    private KeyPair pair(RemoteCredentials.SshKey key) throws IOException {
        // The newline lets the parsers see the end of the last line.
        var text = new ByteArrayInputStream((key.privateKey().strip() + "\n").getBytes(StandardCharsets.UTF_8));
        var passphrase =
                key.passphrase() == null ? FilePasswordProvider.EMPTY : FilePasswordProvider.of(key.passphrase());
        try {
            var pairs = SecurityUtils.loadKeyPairIdentities(null, NamedResource.ofName("key"), text, passphrase);
            if (pairs != null && pairs.iterator().hasNext()) {
                return pairs.iterator().next();
            }
        } catch (IOException | GeneralSecurityException | RuntimeException _) {
            // Its message might quote the key.
        }
        throw transfer.stop(Reason.AUTHENTICATION);
    }

    @Override
    public void releaseSession(RemoteSession session) {
        session.disconnect();
    }

    @Override
    public String getType() {
        return "granary";
    }

    /** Runs one command at a time. */
    private final class Session implements RemoteSession2 {
        private final ClientSession session;

        Session(ClientSession session) {
            this.session = session;
        }

        @Override
        public Process exec(String command, int timeout) throws IOException {
            return exec(command, Map.of(), timeout);
        }

        @Override
        public Process exec(String command, Map<String, String> environment, int timeout) throws IOException {
            transfer.check();
            transfer.waits();
            try {
                ChannelExec channel = session.createExecChannel(command, null, environment);
                channel.open().verify(CONNECT);
                return new RemoteProcess(channel, transfer);
            } catch (UncheckedIOException e) {
                throw e.getCause();
            } finally {
                transfer.goesOn();
            }
        }

        @Override
        public void disconnect() {
            session.close(true);
        }
    }
}
