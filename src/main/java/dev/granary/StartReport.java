package dev.granary;

import dev.granary.kernel.Settings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Says where the server listens, once it does. */
@Component
class StartReport {
    private static final Logger log = LoggerFactory.getLogger(StartReport.class);

    private final Settings settings;
    private final Environment environment;

    StartReport(Settings settings, Environment environment) {
        this.settings = settings;
        this.environment = environment;
    }

    @EventListener(ApplicationReadyEvent.class)
    void ready() {
        var http = "http://" + settings.host() + ":" + environment.getProperty("local.server.port");
        log.info("Granary {} is ready: {}", CommandLine.version(), http);
        var sshPort = environment.getProperty("local.ssh.port");
        if (sshPort != null) {
            log.info("Git over SSH: ssh://{}:{}", settings.host(), sshPort);
        }
        log.info("Data folder: {}", settings.dataDir().toAbsolutePath().normalize());
    }
}
