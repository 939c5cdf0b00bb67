package dev.granary.outbound;

import dev.granary.kernel.AddressRange;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Settings;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Which addresses the server calls on behalf of others. Everything that does so asks three times: when an address is
 * given ({@link #check}), before each connection, of each redirect too ({@link #require}), and for the network addresses
 * to connect to ({@link #resolve}). The connection must go to those: a name that is looked up twice may stand for
 * something else the second time.
 *
 * <p>Local and private networks are out of reach unless {@code GRANARY_OUTBOUND_ALLOW} names them.
 */
@Component
public class OutboundPolicy {
    private static final int LONGEST_URL = 2000;
    private static final int HIGHEST_PORT = 65535;
    private static final int FIRST_UNPRIVILEGED_PORT = 1024;
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;
    private static final int SSH_PORT = 22;

    private final List<AddressRange> allowed;

    OutboundPolicy(Settings settings) {
        this.allowed = settings.allowedNetworks();
    }

    /** What an address is for: that decides on its form. */
    public enum Purpose {
        /** {@code http} and {@code https}; a user name or password in the address is refused. */
        WEB("http", "https"),
        /** {@code http}, {@code https} and {@code ssh}; user names and passwords are taken out, SSH's user name stays. */
        GIT("http", "https", "ssh");

        private final Set<String> schemes;

        Purpose(String... schemes) {
            this.schemes = Set.of(schemes);
        }
    }

    /**
     * Checks an address that somebody gives. Nothing is looked up or called.
     *
     * @param field the field's name on the wire
     * @return the address without a user name or password
     * @throws Problem when the form, the scheme, the port or a literal network address is not allowed
     */
    public URI check(String field, @Nullable String url, Purpose purpose) {
        if (url == null || url.isBlank()) {
            throw Problem.invalid(field, "required");
        }
        if (url.length() > LONGEST_URL) {
            throw Problem.invalid(field, "length", 1, LONGEST_URL);
        }
        var uri = parse(field, url.strip());
        if (!purpose.schemes.contains(scheme(uri))) {
            throw Problem.invalid(field, "url-scheme", String.join(", ", sorted(purpose.schemes)));
        }
        if (uri.getHost() == null || uri.getHost().isEmpty() || uri.getRawFragment() != null) {
            throw Problem.invalid(field, "url");
        }
        if (uri.getRawUserInfo() != null && purpose == Purpose.WEB) {
            throw Problem.invalid(field, "url-user-info");
        }
        if (!isPortAllowed(port(uri))) {
            throw Problem.invalid(field, "url-port");
        }
        var literal = literal(uri.getHost());
        if (literal.isPresent() && !isAllowed(literal.get())) {
            throw Problem.invalid(field, "url-address");
        }
        return withoutUserInfo(uri);
    }

    private static URI parse(String field, String url) {
        try {
            return new URI(url);
        } catch (URISyntaxException e) {
            throw Problem.invalid(field, "url");
        }
    }

    private static List<String> sorted(Set<String> schemes) {
        return schemes.stream().sorted().toList();
    }

    private static String scheme(URI uri) {
        return String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    }

    /** An address without its user name and password; of SSH, the user name stays: it is no secret and part of the way. */
    private static URI withoutUserInfo(URI uri) {
        var info = uri.getRawUserInfo();
        if (info == null) {
            return uri;
        }
        var name = info.split(":", 2)[0];
        var kept = scheme(uri).equals("ssh") && !name.isEmpty() ? name + "@" : "";
        var at = uri.toString().indexOf('@');
        var authority = uri.toString().indexOf("//") + 2;
        return URI.create(
                uri.toString().substring(0, authority) + kept + uri.toString().substring(at + 1));
    }

    /** The port that an address names or its scheme stands for; -1 for a scheme that is not known here. */
    public static int port(URI uri) {
        if (uri.getPort() >= 0) {
            return uri.getPort();
        }
        return switch (scheme(uri)) {
            case "http" -> HTTP_PORT;
            case "https" -> HTTPS_PORT;
            case "ssh" -> SSH_PORT;
            default -> -1;
        };
    }

    /**
     * Checks an address just before it is called, one that a server redirects to for example.
     *
     * @throws ForbiddenAddressException when its scheme, its port or its literal network address is not allowed
     */
    public void require(URI uri, Purpose purpose) throws ForbiddenAddressException {
        var host = uri.getHost();
        if (host == null || !purpose.schemes.contains(scheme(uri)) || !isPortAllowed(port(uri))) {
            throw new ForbiddenAddressException(host == null ? "this address" : host + ":" + port(uri));
        }
        var literal = literal(host);
        if (literal.isPresent() && !isAllowed(literal.get())) {
            throw new ForbiddenAddressException(host);
        }
    }

    /**
     * The network addresses of a host that may be called; at least one. Connect to these, do not look the name up again.
     *
     * @param host a name or a literal address
     * @throws UnknownHostException when there is no such host
     * @throws ForbiddenAddressException when none of its addresses may be called
     */
    public List<InetAddress> resolve(String host) throws UnknownHostException, ForbiddenAddressException {
        var literal = literal(host);
        var found = literal.isPresent() ? List.of(literal.get()) : Arrays.asList(InetAddress.getAllByName(host));
        var usable = found.stream().filter(this::isAllowed).toList();
        if (usable.isEmpty()) {
            throw new ForbiddenAddressException(host);
        }
        return usable;
    }

    private static boolean isPortAllowed(int port) {
        return port == HTTP_PORT
                || port == HTTPS_PORT
                || port == SSH_PORT
                || (port >= FIRST_UNPRIVILEGED_PORT && port <= HIGHEST_PORT);
    }

    private boolean isAllowed(InetAddress address) {
        return !SpecialAddresses.contains(address)
                || inAllowedNetwork(address)
                || SpecialAddresses.carried(address)
                        .filter(this::inAllowedNetwork)
                        .isPresent();
    }

    private boolean inAllowedNetwork(InetAddress address) {
        return allowed.stream().anyMatch(network -> network.contains(address));
    }

    /**
     * The address that a host is written as, in any form that some resolver or other takes for one: {@code 127.1},
     * {@code 0x7f000001}, {@code 017700000001}, {@code [::1]}, and the name that always stands for this machine.
     */
    private static Optional<InetAddress> literal(String host) {
        var bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        bare = bare.endsWith(".") ? bare.substring(0, bare.length() - 1) : bare;
        var lower = bare.toLowerCase(Locale.ROOT);
        if (lower.equals("localhost") || lower.endsWith(".localhost")) {
            return Optional.of(InetAddress.getLoopbackAddress());
        }
        try {
            return Optional.of(bare.contains(":") ? InetAddress.ofLiteral(bare) : Inet4Address.ofPosixLiteral(bare));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
