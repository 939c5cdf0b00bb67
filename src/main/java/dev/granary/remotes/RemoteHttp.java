package dev.granary.remotes;

import dev.granary.outbound.ForbiddenAddressException;
import dev.granary.outbound.OutboundPolicy;
import dev.granary.outbound.OutboundPolicy.Purpose;
import dev.granary.remotes.RemoteFailure.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.eclipse.jgit.transport.http.HttpConnectionFactory;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP connections of one transfer. They go to the network addresses that the policy allowed, through no proxy, with
 * TLS verified; redirects are counted, each is checked anew, and credentials stay with the server they are meant for.
 */
final class RemoteHttp implements HttpConnectionFactory, AutoCloseable {
    private static final int MOST_REDIRECTS = 5;
    private static final Duration CONNECT = Duration.ofSeconds(30);
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    /** Reading the certificates that the machine trusts takes long: once is enough. */
    private static final TlsSocketStrategy TLS = new DefaultClientTlsStrategy(trusted());

    private final OutboundPolicy policy;
    private final Transfer transfer;
    private final URI remote;
    private final Optional<String> authorization;
    private final Path temporary;
    private final CloseableHttpClient client;
    private int redirects;
    private @Nullable RemoteHttpConnection last;

    /** @param temporary the folder for what is sent and too large for memory */
    RemoteHttp(OutboundPolicy policy, Transfer transfer, URI remote, RemoteCredentials credentials, Path temporary) {
        this.policy = policy;
        this.transfer = transfer;
        this.remote = remote;
        this.authorization = authorization(credentials);
        this.temporary = temporary;
        this.client = client(new Pinned());
        transfer.onStop(() -> client.close(CloseMode.IMMEDIATE));
    }

    private static SSLContext trusted() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // Every JDK has one.
        }
    }

    private static Optional<String> authorization(RemoteCredentials credentials) {
        return switch (credentials) {
            case RemoteCredentials.Password password ->
                Optional.of("Basic "
                        + Base64.getEncoder()
                                .encodeToString((password.username() + ":" + password.secret())
                                        .getBytes(StandardCharsets.UTF_8)));
            case RemoteCredentials.SshKey _, RemoteCredentials.None _ -> Optional.empty();
        };
    }

    private static CloseableHttpClient client(DnsResolver resolver) {
        var connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setTlsSocketStrategy(TLS)
                .setDnsResolver(resolver)
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.of(CONNECT))
                        .build())
                .build();
        return HttpClients.custom()
                .setConnectionManager(connections)
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setRedirectsEnabled(false)
                        .setAuthenticationEnabled(false)
                        .setConnectionRequestTimeout(Timeout.of(CONNECT))
                        .build())
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .disableAutomaticRetries()
                .disableDefaultUserAgent()
                .build();
    }

    /** Looks names up once, at the moment of connecting, and gives only the addresses that may be called. */
    private final class Pinned implements DnsResolver {
        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            try {
                return policy.resolve(host).toArray(InetAddress[]::new);
            } catch (ForbiddenAddressException e) {
                transfer.stop(Reason.ADDRESS_FORBIDDEN, host);
                throw new UnknownHostException(host);
            }
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }

    Transfer transfer() {
        return transfer;
    }

    CloseableHttpClient client() {
        return client;
    }

    Path temporary() {
        return temporary;
    }

    @Override
    public HttpConnection create(URL url) throws IOException {
        return create(url, null);
    }

    @Override
    public HttpConnection create(URL url, @Nullable Proxy proxy) throws IOException {
        try {
            var uri = url.toURI();
            require(uri);
            // JGit rarely reads an answer to its end: the connection would stay taken.
            if (last != null) {
                last.end();
            }
            last = new RemoteHttpConnection(this, url, uri);
            return last;
        } catch (URISyntaxException e) {
            throw transfer.stop(Reason.MALFORMED);
        }
    }

    private void require(URI uri) throws TransferStopped {
        try {
            policy.require(uri, Purpose.GIT);
        } catch (ForbiddenAddressException e) {
            throw transfer.stop(Reason.ADDRESS_FORBIDDEN, String.valueOf(uri.getHost()));
        }
    }

    /** What introduces this server; nothing at any other place than the one that the credentials are for. */
    Optional<String> authorization(URI uri) {
        return isSame(uri) || isSameUpgraded(uri) ? authorization : Optional.empty();
    }

    private boolean isSame(URI uri) {
        return scheme(uri).equals(scheme(remote)) && isSameHost(uri) && port(uri) == port(remote);
    }

    /** From the usual port of HTTP to that of HTTPS: the credentials were given for less than that. */
    private boolean isSameUpgraded(URI uri) {
        return scheme(remote).equals("http")
                && port(remote) == HTTP_PORT
                && scheme(uri).equals("https")
                && port(uri) == HTTPS_PORT
                && isSameHost(uri);
    }

    private boolean isSameHost(URI uri) {
        return String.valueOf(uri.getHost()).equalsIgnoreCase(remote.getHost());
    }

    private static String scheme(URI uri) {
        return String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    }

    private static int port(URI uri) {
        return OutboundPolicy.port(uri);
    }

    /** Checks where a server sends on to, before JGit goes there. */
    void redirected(URI from, @Nullable String location) throws TransferStopped {
        if (++redirects > MOST_REDIRECTS) {
            throw transfer.stop(Reason.TOO_MANY_REDIRECTS, MOST_REDIRECTS);
        }
        try {
            var target = from.resolve(new URI(location == null ? "" : location));
            require(target);
            if (scheme(from).equals("https") && !scheme(target).equals("https")) {
                throw transfer.stop(Reason.ADDRESS_FORBIDDEN, String.valueOf(target.getHost()));
            }
        } catch (URISyntaxException e) {
            throw transfer.stop(Reason.MALFORMED);
        }
    }

    @Override
    public void close() {
        client.close(CloseMode.IMMEDIATE);
    }
}
