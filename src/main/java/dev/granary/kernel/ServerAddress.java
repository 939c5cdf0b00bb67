package dev.granary.kernel;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Set;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Where clients reach this server. */
@Component
public class ServerAddress {
    private static final Set<String> EVERY_INTERFACE = Set.of("0.0.0.0", "::", "[::]");
    private static final int HTTP_PORT = 80;

    private final Settings settings;
    private final Environment environment;
    private final String host;

    ServerAddress(Settings settings, Environment environment) {
        this.settings = settings;
        this.environment = environment;
        this.host = host(settings);
    }

    /** What every HTTP address begins with, without a final slash. */
    public String base() {
        var configured = settings.baseUrl();
        if (configured != null && !configured.isBlank()) {
            return configured.strip().replaceAll("/+$", "");
        }
        var port = port("local.server.port", settings.httpPort());
        return "http://" + host + (port == HTTP_PORT ? "" : ":" + port);
    }

    /** The name or address of the machine. */
    public String host() {
        return host;
    }

    /** The port of Git over SSH. */
    public int sshPort() {
        return port("local.ssh.port", settings.sshPort());
    }

    /** The ports are asked for late: 0 in the settings stands for any free one. */
    private int port(String property, int configured) {
        return environment.getProperty(property, Integer.class, configured);
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
