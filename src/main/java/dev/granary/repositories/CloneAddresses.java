package dev.granary.repositories;

import dev.granary.kernel.Settings;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.transport.URIish;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriUtils;

/** Where clients reach repositories: the addresses that answers, messages and pages show. */
@Component
public class CloneAddresses {
    private static final Set<String> EVERY_INTERFACE = Set.of("0.0.0.0", "::", "[::]");
    private static final int HTTP_PORT = 80;
    private static final int SSH_PORT = 22;

    private final Settings settings;
    private final Environment environment;
    private final String host;

    CloneAddresses(Settings settings, Environment environment) {
        this.settings = settings;
        this.environment = environment;
        this.host = host(settings);
    }

    /** For Git over HTTP, for example {@code http://127.0.0.1:8080/group/name.git}. */
    public String http(HostedRepository repository) {
        return base() + path(repository) + Constants.DOT_GIT_EXT;
    }

    /** For Git over SSH, for example {@code ssh://git@127.0.0.1:2222/group/name.git}. */
    public String ssh(HostedRepository repository) {
        var port = sshPort();
        return "ssh://git@" + host + (port == SSH_PORT ? "" : ":" + port) + path(repository) + Constants.DOT_GIT_EXT;
    }

    /** The repository's page. */
    public String web(HostedRepository repository) {
        return base() + path(repository);
    }

    /**
     * Where on this server an address leads: {@code group/name}, without {@code .git}; empty when it leads elsewhere.
     *
     * @param from what a relative address such as {@code ../other.git} starts from
     */
    Optional<String> place(HostedRepository from, String address) {
        if (address.startsWith("./") || address.startsWith("../")) {
            return place(URI.create(path(from) + "/")
                    .resolve(UriUtils.encodePath(address, StandardCharsets.UTF_8))
                    .getPath());
        }
        URIish uri;
        try {
            uri = new URIish(address);
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
        if (uri.getHost() == null || uri.getPath() == null) {
            return Optional.empty();
        }
        var ours = URI.create(base());
        if ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme())) {
            var prefix = ours.getPath();
            return uri.getHost().equalsIgnoreCase(ours.getHost())
                            && uri.getPort() == ours.getPort()
                            && uri.getPath().startsWith(prefix)
                    ? place(uri.getPath().substring(prefix.length()))
                    : Optional.empty();
        }
        var port = uri.getPort() == -1 ? SSH_PORT : uri.getPort();
        // git@host:group/name has no place for a port.
        var samePort = uri.getScheme() == null || port == sshPort();
        return uri.getHost().equalsIgnoreCase(host) && samePort ? place(uri.getPath()) : Optional.empty();
    }

    private static Optional<String> place(String path) {
        var place = path.replaceAll("^/+|/+$", "").replaceAll("\\.git$", "");
        return place.contains("/") && !place.contains("..") ? Optional.of(place) : Optional.empty();
    }

    /** What every HTTP address begins with, without a final slash. */
    String base() {
        var configured = settings.baseUrl();
        if (configured != null && !configured.isBlank()) {
            return configured.strip().replaceAll("/+$", "");
        }
        var port = port("local.server.port", settings.httpPort());
        return "http://" + host + (port == HTTP_PORT ? "" : ":" + port);
    }

    private int sshPort() {
        return port("local.ssh.port", settings.sshPort());
    }

    /** The ports are asked for late: 0 in the settings stands for any free one. */
    private int port(String property, int configured) {
        return environment.getProperty(property, Integer.class, configured);
    }

    private static String path(HostedRepository repository) {
        return "/" + UriUtils.encodePath(repository.fullPath(), StandardCharsets.UTF_8);
    }

    private static String host(Settings settings) {
        var base = settings.baseUrl();
        if (base != null && !base.isBlank()) {
            var named = URI.create(base.strip()).getHost();
            if (named != null) {
                return named;
            }
        }
        if (EVERY_INTERFACE.contains(settings.host())) {
            return thisMachine();
        }
        return settings.host().contains(":") && !settings.host().startsWith("[")
                ? "[" + settings.host() + "]"
                : settings.host();
    }

    private static String thisMachine() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
