package dev.granary.storage;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.jdbc.datasource.AbstractDataSource;

/**
 * SQLite has one writer. Connections handed out here only read, unless the thread holds the writer gate, which
 * {@link SqliteTransactionManager} takes for every writing transaction. The gate is fair: SQLite's own busy handler lets
 * waiting writers starve.
 */
final class SqliteDataSource extends AbstractDataSource implements AutoCloseable {
    private static final long GATE_SECONDS = 30;

    private final HikariDataSource readers;
    private final HikariDataSource writer;
    private final ReentrantLock gate = new ReentrantLock(true);

    SqliteDataSource(HikariDataSource readers, HikariDataSource writer) {
        this.readers = readers;
        this.writer = writer;
    }

    /** Waits for the writer's turn; false when it did not come in time. */
    boolean enterGate() {
        try {
            return gate.tryLock(GATE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    void leaveGate() {
        gate.unlock();
    }

    boolean holdsGate() {
        return gate.isHeldByCurrentThread();
    }

    @Override
    public Connection getConnection() throws SQLException {
        return (holdsGate() ? writer : readers).getConnection();
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        return getConnection();
    }

    @Override
    public void close() {
        readers.close();
        writer.close();
    }
}
