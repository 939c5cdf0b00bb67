package dev.granary.testing;

import dev.granary.Granary;
import dev.granary.identity.UserAccount;
import dev.granary.identity.UserService;
import dev.granary.kernel.Caller;
import dev.granary.kernel.Ids;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.FileSystemUtils;

/** The real program in this JVM, on free ports, with a data folder of its own. */
public final class GranaryServer implements AutoCloseable {
    public static final String ADMIN_PASSWORD = "correct horse battery";
    public static final String ADMIN_ACCESS_KEY = "TESTADMINACCESSKEY01";
    public static final String ADMIN_SECRET_KEY = "test-admin-secret-key-0123456789abcdefgh";
    public static final String PASSWORD = "a password for tests";

    /** Of {@link #PASSWORD}, with little memory: what a good hash costs was half of what all tests cost. */
    private static final String QUICK_HASH =
            String.valueOf(new Argon2PasswordEncoder(16, 32, 1, 64, 1).encode(PASSWORD));

    private static final Map<TestDatabase, GranaryServer> SHARED = new EnumMap<>(TestDatabase.class);
    private static final ReentrantLock LOGGING = new ReentrantLock();
    private static final AtomicInteger NAMES = new AtomicInteger();

    private final ConfigurableApplicationContext context;
    private final Path dataFolder;
    private final int httpPort;

    private GranaryServer(TestDatabase database, List<String> more) {
        try {
            dataFolder = Files.createTempDirectory("granary-test");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var arguments = new ArrayList<>(List.of(
                "--granary.data-dir=" + dataFolder,
                "--granary.http-port=0",
                "--granary.ssh-port=0",
                "--granary.admin-password=" + ADMIN_PASSWORD,
                "--granary.admin-access-key=" + ADMIN_ACCESS_KEY,
                "--granary.admin-secret-key=" + ADMIN_SECRET_KEY,
                "--spring.main.register-shutdown-hook=false"));
        arguments.addAll(database.settings());
        more.forEach(setting -> arguments.removeIf(argument -> name(argument).equals(name(setting))));
        arguments.addAll(more);
        context = run(arguments);
        httpPort = Integer.parseInt(context.getEnvironment().getRequiredProperty("local.server.port"));
    }

    /** Servers may start at once, but the JVM's one logging system can only be set up by one after the other. */
    private static ConfigurableApplicationContext run(List<String> arguments) {
        var application = new SpringApplicationBuilder(Granary.class)
                .listeners(new LoggingSetup(Ordered.HIGHEST_PRECEDENCE, LOGGING::lock))
                .listeners(new LoggingSetup(Ordered.LOWEST_PRECEDENCE, LOGGING::unlock));
        try {
            return application.run(arguments.toArray(String[]::new));
        } finally {
            if (LOGGING.isHeldByCurrentThread()) {
                LOGGING.unlock();
            }
        }
    }

    private record LoggingSetup(int order, Runnable action)
            implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {
        @Override
        public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
            action.run();
        }

        @Override
        public int getOrder() {
            return order;
        }
    }

    private static String name(String argument) {
        return argument.substring(0, argument.indexOf('='));
    }

    /** The server that tests of an engine share: started once, its state grows; tests make their own users and names. */
    public static synchronized GranaryServer shared(TestDatabase database) {
        return SHARED.computeIfAbsent(database, engine -> {
            var server = new GranaryServer(engine, List.of());
            Runtime.getRuntime().addShutdownHook(new Thread(server::close));
            return server;
        });
    }

    /** A server of the test's own, with more command-line settings such as {@code --granary.limits.refs=10}. */
    public static GranaryServer start(TestDatabase database, String... settings) {
        return new GranaryServer(database, List.of(settings));
    }

    /** {@code http://127.0.0.1:<port>}, without a final slash. */
    public String url() {
        return "http://127.0.0.1:" + httpPort;
    }

    public int httpPort() {
        return httpPort;
    }

    public int sshPort() {
        return Integer.parseInt(context.getEnvironment().getRequiredProperty("local.ssh.port"));
    }

    public Path dataFolder() {
        return dataFolder;
    }

    /** A service of the running server, for what no way in offers. */
    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** One of several beans of a type. */
    public <T> T bean(Class<T> type, String name) {
        return context.getBean(name, type);
    }

    /** The administrator as services see callers. */
    public Caller.User admin() {
        return caller("admin");
    }

    /** A user as services see callers. */
    public Caller.User caller(String name) {
        return bean(UserService.class).byName(name).orElseThrow().toCaller(Caller.User.ALL_GRANTS);
    }

    /** Creates a user of a name nobody has, with {@link #PASSWORD}. */
    public UserAccount newUser(String prefix) {
        var name = unique(prefix);
        bean(TransactionTemplate.class)
                .executeWithoutResult(_ -> bean(JdbcClient.class)
                        .sql("""
                            INSERT INTO user_account (uuid, name, name_key, email, description, password_hash,
                              password_changed_at, enabled, administrator, created_at, updated_at)
                            VALUES (:uuid, :name, :key, :email, '', :hash, :now, TRUE, FALSE, :now, :now)
                            """)
                        .param("uuid", Ids.newUuid())
                        .param("name", name)
                        .param("key", name.toLowerCase(Locale.ROOT))
                        .param("email", name + "@example.com")
                        .param("hash", QUICK_HASH)
                        .param("now", System.currentTimeMillis())
                        .update());
        return bean(UserService.class).byName(name).orElseThrow();
    }

    /** A name that no other test uses. */
    public static String unique(String prefix) {
        return prefix + NAMES.incrementAndGet();
    }

    /** A client that signs in with HTTP Basic. */
    public Http http(String user, String password) {
        return Http.at(url(), user, password);
    }

    /** A client of the administrator. */
    public Http asAdmin() {
        return http("admin", ADMIN_PASSWORD);
    }

    /** A client without credentials. */
    public Http asNobody() {
        return Http.at(url(), null, null);
    }

    @Override
    public void close() {
        context.close();
        try {
            FileSystemUtils.deleteRecursively(dataFolder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
