package dev.granary.storage;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.AbstractDataSource;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Connections for a library that writes with statements of its own, each committed by itself. Inside one of our
 * transactions they are that transaction's; outside, on SQLite, they hold the writer gate from when they are handed out
 * until they are closed, by the same thread.
 */
@Component
public class Writing {
    private final DataSource connections;

    Writing(DataSource source) {
        var joining = new TransactionAwareDataSourceProxy(source);
        connections = source instanceof SqliteDataSource sqlite ? new Gated(sqlite, joining) : joining;
    }

    /** Where to get them. */
    public DataSource connections() {
        return connections;
    }

    private static final class Gated extends AbstractDataSource {
        private final SqliteDataSource source;
        private final DataSource joining;

        Gated(SqliteDataSource source, DataSource joining) {
            this.source = source;
            this.joining = joining;
        }

        @Override
        public Connection getConnection() throws SQLException {
            if (TransactionSynchronizationManager.hasResource(source)) {
                return joining.getConnection();
            }
            if (!source.enterGate()) {
                throw new SQLTransientConnectionException("The database's writer was busy for too long");
            }
            Connection connection = null;
            try {
                connection = source.getConnection();
                return leavingTheGate(connection);
            } finally {
                if (connection == null) {
                    source.leaveGate();
                }
            }
        }

        @Override
        public Connection getConnection(String username, String password) throws SQLException {
            return getConnection();
        }

        private Connection leavingTheGate(Connection connection) {
            var open = new boolean[] {true};
            return (Connection) Proxy.newProxyInstance(
                    Writing.class.getClassLoader(), new Class<?>[] {Connection.class}, (_, method, arguments) -> {
                        try {
                            return method.invoke(connection, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        } finally {
                            if (method.getName().equals("close") && open[0]) {
                                open[0] = false;
                                source.leaveGate();
                            }
                        }
                    });
        }
    }
}
