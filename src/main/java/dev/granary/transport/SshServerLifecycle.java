package dev.granary.transport;

import dev.granary.kernel.BadSettingException;
import dev.granary.kernel.Settings;
import dev.granary.storage.DataFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.pubkey.UserAuthPublicKeyFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.context.WebServerGracefulShutdownLifecycle;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.stereotype.Component;

/** The SSH server: starts after the web server, and stops together with it, letting running commands end. */
@Component
class SshServerLifecycle implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(SshServerLifecycle.class);
    private static final Duration AUTHENTICATION = Duration.ofSeconds(30);
    private static final Duration SILENCE = Duration.ofMinutes(10);
    private static final Duration STALLED_READER = Duration.ofMinutes(1);
    private static final Duration DRAIN = Duration.ofSeconds(60);

    /** Clients have so long to take what was sent to them, once all commands have ended. */
    private static final Duration GOODBYE = Duration.ofSeconds(10);

    private static final int KEYS_TRIED = 12;
    private static final int CHANNELS = 20;

    private final Settings settings;
    private final DataFolder data;
    private final SshCommands commands;
    private final SshCallers callers;
    private final ConfigurableEnvironment environment;
    private final SshServer server = SshServer.setUpDefaultServer();
    private volatile boolean running;

    SshServerLifecycle(
            Settings settings,
            DataFolder data,
            SshCommands commands,
            SshCallers callers,
            ConfigurableEnvironment environment) {
        this.settings = settings;
        this.data = data;
        this.commands = commands;
        this.callers = callers;
        this.environment = environment;
    }

    @Override
    public void start() {
        try {
            server.setKeyPairProvider(KeyPairProvider.wrap(HostKeys.load(data)));
        } catch (IOException | GeneralSecurityException e) {
            throw new BadSettingException("GRANARY_DATA_DIR", "the SSH host keys cannot be used: " + e, e);
        }
        server.setHost(settings.host());
        configure();
        try {
            server.setPort(settings.sshPort());
            server.start();
        } catch (IOException | IllegalArgumentException e) {
            throw new BadSettingException(
                    "GRANARY_SSH_PORT", settings.host() + ":" + settings.sshPort() + " cannot be used: " + e, e);
        }
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource("ssh.ports", Map.of("local.ssh.port", server.getPort())));
        log.info("SSH listens on {}:{}", settings.host(), server.getPort());
        running = true;
    }

    private void configure() {
        server.setUserAuthFactories(List.of(UserAuthPublicKeyFactory.INSTANCE));
        server.setPublickeyAuthenticator(callers);
        server.setCommandFactory(commands);
        server.setShellFactory(commands);
        server.setSubsystemFactories(List.of());
        server.setChannelFactories(List.of(new GitChannelFactory()));
        server.setSignatureFactories(without(server.getSignatureFactories(), "ssh-rsa", "-cert-"));
        server.setCipherFactories(without(server.getCipherFactories(), "cbc"));
        server.setMacFactories(without(server.getMacFactories(), "sha1"));
        server.setKeyExchangeFactories(server.getKeyExchangeFactories().stream()
                .filter(kex -> !kex.getName().endsWith("sha1"))
                .toList());
        server.addSessionListener(callers);
        server.addSessionListener(new UnauthenticatedLimit());
        CoreModuleProperties.SERVER_IDENTIFICATION.set(server, "Granary");
        CoreModuleProperties.AUTH_TIMEOUT.set(server, AUTHENTICATION);
        CoreModuleProperties.IDLE_TIMEOUT.set(server, SILENCE);
        CoreModuleProperties.WAIT_FOR_SPACE_TIMEOUT.set(server, STALLED_READER);
        CoreModuleProperties.MAX_AUTH_REQUESTS.set(server, KEYS_TRIED);
        CoreModuleProperties.MAX_CONCURRENT_CHANNELS.set(server, CHANNELS);
    }

    private static <T> List<NamedFactory<T>> without(List<NamedFactory<T>> factories, String... weak) {
        return factories.stream()
                .filter(factory -> List.of(weak).stream().noneMatch(part -> isWeak(factory, part)))
                .toList();
    }

    private static boolean isWeak(NamedResource algorithm, String part) {
        return algorithm.getName().contains(part);
    }

    @Override
    public void stop() {
        stop(() -> {});
    }

    @Override
    public void stop(Runnable callback) {
        running = false;
        commands.refuseNew();
        Thread.ofVirtual().name("ssh-shutdown").start(() -> {
            try {
                drain();
                // What is still on its way to clients, the exit status of the last command first of all, gets there.
                server.close(false).await(GOODBYE);
                server.stop(true);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } finally {
                callback.run();
            }
        });
    }

    private void drain() {
        var deadline = System.nanoTime() + DRAIN.toNanos();
        try {
            while (commands.running() > 0 && System.nanoTime() < deadline) {
                Thread.sleep(20);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether connections are accepted. */
    @Override
    public boolean isRunning() {
        return running;
    }

    /** The phase in which the web server waits for its requests to end, so that both wait at once. */
    @Override
    public int getPhase() {
        return WebServerGracefulShutdownLifecycle.SMART_LIFECYCLE_PHASE;
    }
}
