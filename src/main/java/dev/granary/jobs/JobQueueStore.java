package dev.granary.jobs;

import com.github.kagkarlsson.scheduler.jdbc.DefaultJdbcCustomization;
import com.github.kagkarlsson.scheduler.jdbc.JdbcCustomization;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table of the scheduler library. */
@Component
class JobQueueStore {
    static final String TABLE = "scheduled_job";

    private final JdbcClient jdbc;

    JobQueueStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** How the library reads and writes it: times are milliseconds, as everywhere, and one SQL serves both engines. */
    static JdbcCustomization customization() {
        return new Millis();
    }

    /** Has jobs done again that were under way when the one process of this database ended. */
    int release() {
        return jdbc.sql("""
            UPDATE scheduled_job SET picked = FALSE, picked_by = NULL, last_heartbeat = NULL, version = version + 1
            WHERE picked
            """).update();
    }

    private static final class Millis extends DefaultJdbcCustomization {
        Millis() {
            super(false);
        }

        @Override
        public String getName() {
            return "Granary";
        }

        @Override
        public void setInstant(PreparedStatement statement, int index, @Nullable Instant time) throws SQLException {
            if (time == null) {
                statement.setNull(index, Types.BIGINT);
            } else {
                statement.setLong(index, time.toEpochMilli());
            }
        }

        @Override
        public @Nullable Instant getInstant(ResultSet row, String column) throws SQLException {
            var millis = row.getLong(column);
            return row.wasNull() ? null : Instant.ofEpochMilli(millis);
        }

        @Override
        public void setTaskData(PreparedStatement statement, int index, byte @Nullable [] data) throws SQLException {
            if (data == null) {
                statement.setNull(index, Types.BINARY);
            } else {
                statement.setBytes(index, data);
            }
        }

        @Override
        public boolean supportsExplicitQueryLimitPart() {
            return true;
        }

        @Override
        public String getQueryLimitPart(int limit) {
            return " LIMIT " + limit;
        }
    }
}
