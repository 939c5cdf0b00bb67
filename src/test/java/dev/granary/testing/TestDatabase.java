package dev.granary.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** The engines everything is tested on. */
public enum TestDatabase {
    SQLITE {
        @Override
        public List<String> settings() {
            return List.of();
        }
    },
    POSTGRESQL {
        @Override
        public List<String> settings() {
            var settings = new ArrayList<String>();
            settings.add("--granary.database-url=" + newPostgresDatabase());
            settings.add("--granary.database-user=postgres");
            return settings;
        }
    };

    private static final AtomicInteger DATABASES = new AtomicInteger();

    /** The command-line arguments that put a new server on a new, empty database of this engine. */
    public abstract List<String> settings();

    private static String newPostgresDatabase() {
        var name = "granary" + DATABASES.incrementAndGet();
        try (var connection = Postgres.SERVER.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return Postgres.SERVER.getJdbcUrl("postgres", name).replaceAll("\\?.*", "");
    }

    /** One PostgreSQL server for the whole run. */
    private static final class Postgres {
        static final EmbeddedPostgres SERVER = start();

        private static EmbeddedPostgres start() {
            try {
                var server = EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "on")
                        .setServerConfig("max_connections", "200")
                        .start();
                Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server)));
                return server;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void stop(EmbeddedPostgres server) {
            try {
                server.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
