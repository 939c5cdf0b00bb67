package dev.granary.webhooks;

import dev.granary.kernel.Settings;
import dev.granary.outbound.ForbiddenAddressException;
import dev.granary.outbound.OutboundPolicy;
import dev.granary.outbound.OutboundPolicy.Purpose;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.client5.http.ssl.NoopHostnameVerifier;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.ssl.SSLContextBuilder;
import org.apache.hc.core5.util.Timeout;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Calls receivers, within limits of time and size, at network addresses that the policy allows. Redirects are not followed,
 * and no connection is used twice.
 */
@Component
class Sender implements DisposableBean {
    /** The signature of the body with the token as the key; without a token there is none. */
    static final String SIGNATURE = "X-Hub-Signature-256";

    private static final int LONGEST_BODY = 16 << 10;
    private static final int MOST_HEADERS = 50;
    private static final int LONGEST_HEADER = 1_000;
    private static final int MOST_CONNECTIONS = 4_096;
    private static final Set<String> SECRET_HEADERS = Set.of("set-cookie", "set-cookie2", "authorization");

    private final OutboundPolicy policy;
    private final Settings.Webhooks settings;
    private final Clock clock;
    private final CloseableHttpClient verifying;
    private final CloseableHttpClient trusting;
    private final ScheduledExecutorService ends = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("webhook-ends").factory());

    Sender(OutboundPolicy policy, Settings settings, Clock clock) throws GeneralSecurityException {
        this.policy = policy;
        this.settings = settings.webhooks();
        this.clock = clock;
        this.verifying = client(new DefaultClientTlsStrategy(SSLContext.getDefault()));
        this.trusting = client(new DefaultClientTlsStrategy(
                SSLContextBuilder.create().loadTrustMaterial((_, _) -> true).build(),
                HostnameVerificationPolicy.CLIENT,
                NoopHostnameVerifier.INSTANCE));
    }

    private CloseableHttpClient client(TlsSocketStrategy tls) {
        var connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setTlsSocketStrategy(tls)
                .setDnsResolver(new Allowed())
                .setMaxConnTotal(MOST_CONNECTIONS)
                .setMaxConnPerRoute(MOST_CONNECTIONS)
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.of(settings.connectTimeout()))
                        .setSocketTimeout(Timeout.of(settings.timeout()))
                        .build())
                .build();
        return HttpClients.custom()
                .setConnectionManager(connections)
                .setConnectionReuseStrategy((_, _, _) -> false)
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setRedirectsEnabled(false)
                        .setAuthenticationEnabled(false)
                        .build())
                .setUserAgent("Granary")
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .disableAutomaticRetries()
                .build();
    }

    /** Looks names up once, at the moment of connecting, and gives only the addresses that may be called. */
    private final class Allowed implements DnsResolver {
        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            try {
                return policy.resolve(host).toArray(InetAddress[]::new);
            } catch (ForbiddenAddressException e) {
                throw new ForbiddenHostException(host);
            }
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }

    /** A host whose addresses may not be called. */
    private static final class ForbiddenHostException extends UnknownHostException {
        private static final long serialVersionUID = 1L;

        ForbiddenHostException(String host) {
            super(host);
        }
    }

    /** Sends a message and says what became of that; it never fails otherwise. */
    Answer send(Webhook hook, Message message) {
        var started = clock.millis();
        var began = System.nanoTime();
        var request = new HttpPost(URI.create(hook.url()));
        request.setEntity(new StringEntity(message.body(), ContentType.APPLICATION_JSON));
        var headers = headers(hook, message);
        headers.forEach(request::setHeader);
        var sent = new LinkedHashMap<>(headers);
        sent.put("Content-Type", ContentType.APPLICATION_JSON.toString());
        if (hook.token() != null) {
            sent.put(hook.tokenType(), Webhook.MASK);
        }
        var end = ends.schedule(
                () -> {
                    request.cancel();
                },
                settings.timeout().toMillis(),
                TimeUnit.MILLISECONDS);
        try {
            policy.require(request.getUri(), Purpose.WEB);
            return (hook.verifyTls() ? verifying : trusting)
                    .execute(
                            request,
                            response -> new Answer(
                                    sent,
                                    response.getCode(),
                                    headers(response),
                                    body(response),
                                    started,
                                    millis(began)));
        } catch (Exception e) {
            return new Answer(sent, 0, Map.of(), reason(e, request.isCancelled()), started, millis(began));
        } finally {
            end.cancel(false);
        }
    }

    private static long millis(long began) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
    }

    private static Map<String, String> headers(Webhook hook, Message message) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("X-Granary-Event", message.event().header());
        headers.put("X-Gitlab-Event", message.event().header());
        headers.put("X-Gitlab-Event-UUID", message.uuid());
        headers.put("Idempotency-Key", message.uuid());
        if (hook.token() != null) {
            headers.put(hook.tokenType(), hook.token());
            headers.put(SIGNATURE, "sha256=" + signature(hook.token(), message.body()));
        }
        return headers;
    }

    private static String signature(String key, String body) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, String> headers(ClassicHttpResponse response) {
        var headers = new LinkedHashMap<String, String>();
        for (var header : response.getHeaders()) {
            if (headers.size() < MOST_HEADERS) {
                var secret = SECRET_HEADERS.contains(header.getName().toLowerCase(Locale.ROOT));
                headers.put(plain(header.getName()), secret ? Webhook.MASK : plain(header.getValue()));
            }
        }
        return headers;
    }

    private static String body(ClassicHttpResponse response) throws IOException {
        var entity = response.getEntity();
        if (entity == null) {
            return "";
        }
        try (InputStream content = entity.getContent()) {
            // Closing reads the rest of an answer that has an end; one that has none is cut off with its time.
            return text(new String(content.readNBytes(LONGEST_BODY), StandardCharsets.UTF_8));
        }
    }

    private static String plain(String value) {
        var text = text(value == null ? "" : value);
        return text.length() <= LONGEST_HEADER ? text : text.substring(0, LONGEST_HEADER);
    }

    /** What a database can store. */
    private static String text(String value) {
        return value.replace("\0", "\uFFFD");
    }

    private static String reason(Exception failure, boolean cancelled) {
        return switch (failure) {
            case ForbiddenAddressException _, ForbiddenHostException _ -> "This address may not be called";
            case UnknownHostException _ -> "There is no such host";
            case ConnectTimeoutException _ -> "No connection in time";
            case InterruptedIOException _ -> "No answer in time";
            case SSLException _ -> "TLS failed: the certificate is not trusted, or not for this host";
            case IOException _ when cancelled -> "No answer in time";
            case IOException _ -> "The receiver cannot be reached, or broke the connection off";
            case HttpException _ -> "The answer is not HTTP";
            default -> cancelled ? "No answer in time" : "The server failed to call the receiver";
        };
    }

    /** Breaks off what is under way. */
    @Override
    public void destroy() {
        verifying.close(CloseMode.IMMEDIATE);
        trusting.close(CloseMode.IMMEDIATE);
        ends.shutdownNow();
    }
}
