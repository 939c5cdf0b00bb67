package dev.granary.storage;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.metrics.micrometer.MicrometerMetricsTrackerFactory;
import dev.granary.kernel.BadSettingException;
import dev.granary.kernel.Settings;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.DriverManager;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.sqlite.SQLiteConfig;

/** Opens the database the settings name and brings its schema up to date. */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {
    private static final int READERS = Math.max(4, Runtime.getRuntime().availableProcessors() * 2);
    private static final int POSTGRESQL_CONNECTIONS = 20;

    @Bean
    Database database(Settings settings) {
        var url = settings.databaseUrl();
        if (url == null || url.isBlank()) {
            return Database.SQLITE;
        }
        if (url.startsWith("jdbc:postgresql:")) {
            return Database.POSTGRESQL;
        }
        throw new BadSettingException("GRANARY_DATABASE_URL", "must begin with jdbc:postgresql:", null);
    }

    @Bean
    DataSource dataSource(
            Database database, Settings settings, DataFolder folder, ObjectProvider<MeterRegistry> registry) {
        return switch (database) {
            case SQLITE -> sqlite(folder, registry);
            case POSTGRESQL -> postgresql(settings, registry);
        };
    }

    @Bean
    PlatformTransactionManager transactionManager(DataSource dataSource) {
        return dataSource instanceof SqliteDataSource sqlite
                ? new SqliteTransactionManager(sqlite)
                : new JdbcTransactionManager(dataSource);
    }

    @Bean
    TransactionTemplate transactionTemplate(PlatformTransactionManager transactionManager) {
        return new TransactionTemplate(transactionManager);
    }

    private static DataSource sqlite(DataFolder folder, ObjectProvider<MeterRegistry> registry) {
        var url = "jdbc:sqlite:" + folder.database();
        var writing = sqliteSource(url, SQLiteConfig.TransactionMode.IMMEDIATE);
        migrate(writing, Database.SQLITE);

        var writer = new HikariConfig();
        writer.setPoolName("writer");
        writer.setDataSource(writing);
        writer.setMaximumPoolSize(1);
        var readers = new HikariConfig();
        readers.setPoolName("readers");
        readers.setDataSource(sqliteSource(url, SQLiteConfig.TransactionMode.DEFERRED));
        readers.setMaximumPoolSize(READERS);
        readers.setMinimumIdle(1);
        // A write outside a transaction would pass the gate by: it fails instead.
        readers.setConnectionInitSql("PRAGMA query_only = ON");
        return new SqliteDataSource(pool(readers, registry), pool(writer, registry));
    }

    private static SqliteStatements sqliteSource(String url, SQLiteConfig.TransactionMode mode) {
        var config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.enforceForeignKeys(true);
        config.setBusyTimeout(10_000);
        config.setTransactionMode(mode);
        var source = new SqliteStatements(config);
        source.setUrl(url);
        return source;
    }

    private static DataSource postgresql(Settings settings, ObjectProvider<MeterRegistry> registry) {
        var config = new HikariConfig();
        config.setPoolName("postgresql");
        config.setJdbcUrl(settings.databaseUrl());
        if (settings.databaseUser() != null) {
            config.setUsername(settings.databaseUser());
        }
        if (settings.databasePassword() != null) {
            config.setPassword(settings.databasePassword());
        }
        config.setMaximumPoolSize(POSTGRESQL_CONNECTIONS);
        config.setMinimumIdle(2);
        requireReachable(config);
        var pool = pool(config, registry);
        migrate(pool, Database.POSTGRESQL);
        return pool;
    }

    /** Asked once before the pool starts: the pool would repeat and log every failure. */
    private static void requireReachable(HikariConfig config) {
        try (var _ = DriverManager.getConnection(config.getJdbcUrl(), config.getUsername(), config.getPassword())) {
            // Reachable.
        } catch (SQLException e) {
            throw new BadSettingException(
                    "GRANARY_DATABASE_URL", "the database cannot be reached: " + rootMessage(e), e);
        }
    }

    private static String rootMessage(Throwable failure) {
        var cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }

    private static HikariDataSource pool(HikariConfig config, ObjectProvider<MeterRegistry> registry) {
        registry.ifAvailable(meters -> config.setMetricsTrackerFactory(new MicrometerMetricsTrackerFactory(meters)));
        return new HikariDataSource(config);
    }

    private static void migrate(DataSource source, Database database) {
        Flyway.configure()
                .dataSource(source)
                .locations("classpath:db/migration")
                .placeholders(database.placeholders())
                .load()
                .migrate();
    }
}
