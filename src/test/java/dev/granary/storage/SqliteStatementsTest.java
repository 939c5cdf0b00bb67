package dev.granary.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteConfig;

class SqliteStatementsTest {
    @TempDir
    private Path folder;

    private Connection reader;
    private Connection writer;

    @BeforeEach
    void connect() throws SQLException {
        var config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        var source = new SqliteStatements(config);
        source.setUrl("jdbc:sqlite:" + folder.resolve("test.db"));
        writer = source.getConnection();
        update("CREATE TABLE thing (id INTEGER PRIMARY KEY, name TEXT UNIQUE)");
        reader = source.getConnection();
    }

    @AfterEach
    void close() throws SQLException {
        reader.close();
        writer.close();
    }

    private void update(String sql, Object... parameters) throws SQLException {
        try (var statement = writer.prepareStatement(sql)) {
            for (var index = 0; index < parameters.length; index++) {
                statement.setObject(index + 1, parameters[index]);
            }
            statement.executeUpdate();
        }
    }

    private long count() throws SQLException {
        try (var statement = reader.prepareStatement("SELECT count(*) FROM thing");
                var rows = statement.executeQuery()) {
            rows.next();
            return rows.getLong(1);
        }
    }

    @Test
    void aKeptStatementSeesWhatWasWrittenSince() throws SQLException {
        for (var expected = 0; expected < 5; expected++) {
            assertThat(count()).isEqualTo(expected);
            update("INSERT INTO thing (name) VALUES (?)", "n" + expected);
        }
    }

    @Test
    void aResultThatWasNotReadToItsEndHoldsNothingBack() throws SQLException {
        for (var number = 0; number < 10; number++) {
            update("INSERT INTO thing (name) VALUES (?)", "n" + number);
        }
        for (var round = 0; round < 2; round++) {
            var statement = reader.prepareStatement("SELECT name FROM thing");
            assertThat(statement.executeQuery().next()).isTrue();
            statement.close();
        }
        // A reader in the middle of a result would make this fail with "busy" and leave the log as it is.
        try (var statement = writer.createStatement();
                var rows = statement.executeQuery("PRAGMA wal_checkpoint(TRUNCATE)")) {
            rows.next();
            assertThat(rows.getInt(1)).isZero();
        }
        assertThat(folder.resolve("test.db-wal")).isEmptyFile();
    }

    @Test
    void parametersOfTheLastUseAreForgotten() throws SQLException {
        var sql = "INSERT INTO thing (id, name) VALUES (?, ?) RETURNING name";
        try (var statement = writer.prepareStatement(sql)) {
            statement.setLong(1, 1);
            statement.setString(2, "secret");
            statement.executeQuery().next();
        }
        try (var statement = writer.prepareStatement(sql)) {
            statement.setLong(1, 2);
            var rows = statement.executeQuery();
            rows.next();
            assertThat(rows.getString(1)).isNull();
        }
    }

    @Test
    void theSameTextMayBeInUseTwice() throws SQLException {
        update("INSERT INTO thing (name) VALUES (?)", "a");
        update("INSERT INTO thing (name) VALUES (?)", "b");
        var sql = "SELECT name FROM thing WHERE name >= ? ORDER BY name";
        for (var round = 0; round < 3; round++) {
            try (var outer = reader.prepareStatement(sql);
                    var inner = reader.prepareStatement(sql)) {
                outer.setString(1, "a");
                inner.setString(1, "b");
                var first = outer.executeQuery();
                var second = inner.executeQuery();
                assertThat(first.next()).isTrue();
                assertThat(second.next()).isTrue();
                assertThat(first.getString(1) + second.getString(1)).isEqualTo("ab");
            }
        }
    }

    @Test
    void aStatementThatFailedCanBeUsedAgain() throws SQLException {
        var sql = "INSERT INTO thing (name) VALUES (?)";
        update(sql, "taken");
        for (var round = 0; round < 3; round++) {
            assertThatThrownBy(() -> update(sql, "taken")).isInstanceOf(SQLException.class);
            update(sql, "free" + round);
        }
        assertThat(count()).isEqualTo(4);
    }

    @Test
    void closingTwiceIsClosingOnce() throws SQLException {
        update("INSERT INTO thing (name) VALUES (?)", "a");
        var sql = "SELECT name FROM thing WHERE name = ?";
        var statement = reader.prepareStatement(sql);
        statement.close();
        statement.close();
        try (var again = reader.prepareStatement(sql)) {
            again.setString(1, "a");
            assertThat(again.executeQuery().next()).isTrue();
        }
    }

    @Test
    void moreTextsThanAreKeptAllWork() throws SQLException {
        for (var number = 0; number < 3 * SqliteStatements.MOST_KEPT; number++) {
            try (var statement = reader.prepareStatement("SELECT " + number % (2 * SqliteStatements.MOST_KEPT));
                    var rows = statement.executeQuery()) {
                rows.next();
                assertThat(rows.getInt(1)).isEqualTo(number % (2 * SqliteStatements.MOST_KEPT));
            }
        }
    }

    @Test
    void aChangedTableIsSeen() throws SQLException {
        update("INSERT INTO thing (name) VALUES (?)", "a");
        for (var extra : new String[] {"one", "two"}) {
            update("ALTER TABLE thing ADD COLUMN " + extra + " TEXT DEFAULT '" + extra + "'");
            try (var statement = reader.prepareStatement("SELECT * FROM thing");
                    var rows = statement.executeQuery()) {
                rows.next();
                assertThat(rows.getString(extra)).isEqualTo(extra);
            }
        }
    }
}
