package dev.granary.repositories;

import dev.granary.kernel.ServerAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.transport.URIish;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriUtils;

/** Where clients reach repositories: the addresses that answers, messages and pages show. */
@Component
public class CloneAddresses {
    private static final int SSH_PORT = 22;

    private final ServerAddress server;

    CloneAddresses(ServerAddress server) {
        this.server = server;
    }

    /** For Git over HTTP, for example {@code http://127.0.0.1:8080/group/name.git}. */
    public String http(HostedRepository repository) {
        return server.base() + path(repository) + Constants.DOT_GIT_EXT;
    }

    /** The same for this very server, whatever clients call it: {@code /group/name.git}. */
    public String httpPath(HostedRepository repository) {
        return Objects.requireNonNullElse(URI.create(server.base()).getRawPath(), "")
                + path(repository)
                + Constants.DOT_GIT_EXT;
    }

    /** For Git over SSH, for example {@code ssh://git@127.0.0.1:2222/group/name.git}. */
    public String ssh(HostedRepository repository) {
        var port = server.sshPort();
        return "ssh://git@" + server.host() + (port == SSH_PORT ? "" : ":" + port) + path(repository)
                + Constants.DOT_GIT_EXT;
    }

    /** The repository's page. */
    public String web(HostedRepository repository) {
        return server.base() + path(repository);
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
        var ours = URI.create(server.base());
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
        var samePort = uri.getScheme() == null || port == server.sshPort();
        return uri.getHost().equalsIgnoreCase(server.host()) && samePort ? place(uri.getPath()) : Optional.empty();
    }

    private static Optional<String> place(String path) {
        var place = path.replaceAll("^/+|/+$", "").replaceAll("\\.git$", "");
        return place.contains("/") && !place.contains("..") ? Optional.of(place) : Optional.empty();
    }

    private static String path(HostedRepository repository) {
        return "/" + UriUtils.encodePath(repository.fullPath(), StandardCharsets.UTF_8);
    }
}
