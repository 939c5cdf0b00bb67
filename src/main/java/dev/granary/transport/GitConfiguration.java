package dev.granary.transport;

import java.time.Duration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What Git needs of the web server, and what operators see of Git's. */
@Configuration(proxyBeanMethods = false)
class GitConfiguration {
    /** A pushing client falls silent while it compresses; other requests send their bodies at once. */
    private static final Duration SILENT_UPLOAD = Duration.ofMinutes(5);

    /** How much goes to the system at once: clones are large, and Tomcat's 8 KiB cost them a fifth of their time. */
    private static final int SOCKET_BUFFER = 32 * 1024;

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> connectionsForGit() {
        return factory -> factory.addConnectorCustomizers(connector -> {
            connector.setProperty("disableUploadTimeout", "false");
            connector.setProperty("connectionUploadTimeout", Long.toString(SILENT_UPLOAD.toMillis()));
            connector.setProperty("socket.appWriteBufSize", Integer.toString(SOCKET_BUFFER));
        });
    }

    @Bean
    HealthIndicator sshHealth(SshServerLifecycle ssh) {
        return () ->
                ssh.isRunning() ? Health.up().build() : Health.outOfService().build();
    }
}
