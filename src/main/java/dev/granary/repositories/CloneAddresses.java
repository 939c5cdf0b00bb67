package dev.granary.repositories;

import dev.granary.kernel.Settings;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.eclipse.jgit.lib.Constants;
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
        var port = port("local.ssh.port", settings.sshPort());
        return "ssh://git@" + host + (port == SSH_PORT ? "" : ":" + port) + path(repository) + Constants.DOT_GIT_EXT;
    }

    /** The repository's page. */
    public String web(HostedRepository repository) {
        return base() + path(repository);
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
