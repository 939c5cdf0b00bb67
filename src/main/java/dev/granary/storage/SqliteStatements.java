package dev.granary.storage;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteDataSource;
import org.sqlite.jdbc4.JDBC4Connection;
import org.sqlite.jdbc4.JDBC4PreparedStatement;

/**
 * SQLite connections that keep the statements prepared on them: the driver would compile each anew, which takes longer
 * than most of them run. A statement that is kept has been reset, so it holds neither a lock nor an old state of the
 * database.
 */
final class SqliteStatements extends SQLiteDataSource {
    /** For each connection; the one unused for longest goes. */
    static final int MOST_KEPT = 150;

    private final SQLiteConfig settings;

    SqliteStatements(SQLiteConfig settings) {
        super(settings);
        this.settings = settings;
    }

    @Override
    public Connection getConnection() throws SQLException {
        return new Keeping(getUrl(), settings.toProperties());
    }

    @Override
    public SQLiteConnection getConnection(String username, String password) throws SQLException {
        return new Keeping(getUrl(), settings.toProperties());
    }

    /** Used by one thread at a time, like every connection of a pool. */
    private static final class Keeping extends JDBC4Connection {
        private final Map<String, Statement> idle = new LinkedHashMap<>();

        Keeping(String url, Properties properties) throws SQLException {
            super(url, url.substring(JDBC.PREFIX.length()), properties);
        }

        @Override
        public PreparedStatement prepareStatement(String sql, int type, int concurrency, int holdability)
                throws SQLException {
            if (type != ResultSet.TYPE_FORWARD_ONLY || concurrency != ResultSet.CONCUR_READ_ONLY) {
                return super.prepareStatement(sql, type, concurrency, holdability);
            }
            checkOpen();
            var kept = idle.remove(sql);
            return kept == null ? new Statement(this, sql) : kept.reused();
        }

        /** Keeps a statement whose user is done with it; true unless another with the same text is kept already. */
        private boolean keep(String sql, Statement statement) throws SQLException {
            if (idle.putIfAbsent(sql, statement) != null) {
                return false;
            }
            if (idle.size() > MOST_KEPT) {
                var oldest = idle.entrySet().iterator();
                var out = oldest.next().getValue();
                oldest.remove();
                out.reallyClose();
            }
            return true;
        }
    }

    private static final class Statement extends JDBC4PreparedStatement {
        private final Keeping connection;
        private final String text;
        private boolean kept;
        private String @Nullable [] columns;

        Statement(Keeping connection, String text) throws SQLException {
            super(connection, text);
            this.connection = connection;
            this.text = text;
        }

        /** Column names cost a call into native code each, for every result. Tables change only before anyone reads. */
        @Override
        public @Nullable ResultSet getResultSet() throws SQLException {
            if (columns != null && columns.length == pointer.safeRunInt((db, it) -> db.column_count(it))) {
                rs.colsMeta = columns;
            }
            var result = super.getResultSet();
            columns = rs.colsMeta;
            return result;
        }

        @Override
        public void close() throws SQLException {
            if (kept) {
                return;
            }
            if (isClosed() || pointer.isClosed() || connection.isClosed() || batch != null && batchPos > 0) {
                super.close(); // Done with, or failed: the driver drops a statement that fails.
                return;
            }
            rs.close();
            pointer.safeRunInt((db, it) -> db.reset(it));
            if (batch != null) {
                // Not clearParameters(): SQLite compiles a statement whose bindings were cleared once more. The next
                // use
                // binds every parameter.
                Arrays.fill(batch, null);
            }
            kept = connection.keep(text, this);
            if (!kept) {
                super.close();
            }
        }

        Statement reused() {
            kept = false;
            return this;
        }

        void reallyClose() throws SQLException {
            super.close();
        }
    }
}
