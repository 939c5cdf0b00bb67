package dev.granary.mirrors;

import dev.granary.jobs.JobOverview.State;
import dev.granary.storage.RecordMapper;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The runs of all repositories: those under way, those that wait, and what last went wrong. */
@Component
class RunOverviewStore {
    private static final RecordMapper<Row> ROW = RecordMapper.of(Row.class);
    private static final String LIVE = " JOIN repository r ON r.id = x.repository_id AND r.deleted_at IS NULL ";

    private final JdbcClient jdbc;

    RunOverviewStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A run or what came of one.
     *
     * @param since epoch milliseconds
     * @param errorKey what it failed of, in the message files; so {@code errorArguments}
     */
    record Row(
            long repositoryId,
            String direction,
            @Nullable Long since,
            @Nullable String errorKey,
            @Nullable String errorArguments) {}

    /** What is in a state, the first first. */
    List<Row> list(boolean imports, State state, int most) {
        var columns = "SELECT x.repository_id, x.direction, ";
        var sql = switch (state) {
            case RUNNING ->
                columns + "x.started_at AS since, NULL AS error_key, NULL AS error_arguments" + tables(imports, state)
                        + " ORDER BY x.started_at";
            case WAITING ->
                columns + "x.queued_at AS since, NULL AS error_key, NULL AS error_arguments" + tables(imports, state)
                        + " ORDER BY x.queued_at";
            case FAILED ->
                imports
                        ? "SELECT x.repository_id, 'fetch' AS direction, x.finished_at AS since, x.error_key,"
                                + " x.error_arguments" + tables(true, state) + " ORDER BY x.finished_at DESC"
                        : columns + "x.last_update_at AS since, x.error_key, x.error_arguments" + tables(false, state)
                                + " ORDER BY x.last_update_at DESC";
        };
        return jdbc.sql(sql + " LIMIT :most").param("most", most).query(ROW).list();
    }

    long count(boolean imports, State state) {
        return jdbc.sql("SELECT COUNT(*)" + tables(imports, state))
                .query(Long.class)
                .single();
    }

    private static String tables(boolean imports, State state) {
        var cause = imports ? "x.mirror_id IS NULL" : "x.mirror_id IS NOT NULL";
        return switch (state) {
            case RUNNING -> " FROM mirror_run x" + LIVE + "WHERE x.state = 'running' AND " + cause;
            case WAITING -> " FROM mirror_run x" + LIVE + "WHERE x.state = 'queued' AND " + cause;
            case FAILED ->
                imports
                        ? " FROM repository_import x" + LIVE + "WHERE x.state = 'fail'"
                        : " FROM mirror x" + LIVE + "WHERE x.status = 'failed'";
        };
    }
}
