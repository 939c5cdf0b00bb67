package dev.granary.search;

import dev.granary.access.Visible;
import dev.granary.kernel.Caller;
import dev.granary.storage.RecordMapper;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Where the default branches of repositories are. */
@Component
class SearchStore {
    private static final String TIPS = """
        SELECT r.id, g.commit_id FROM repository r
          LEFT JOIN git_ref g ON g.repository_id = r.id AND g.full_name = 'refs/heads/' || r.default_branch
        WHERE r.status = 0 AND
        """;

    private static final RecordMapper<Tip> TIP = RecordMapper.of(Tip.class);

    private final JdbcClient jdbc;

    SearchStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A repository and its default branch.
     *
     * @param commitId null where there is no commit
     */
    record Tip(long id, @Nullable String commitId) {}

    /** The repositories that a caller may view, as far as they are in a project, in a group or below it, or one. */
    List<Tip> visible(Caller caller, @Nullable Long repositoryId, @Nullable Long projectId, @Nullable Long groupId) {
        var parameters = new HashMap<>(Visible.parameters(caller));
        var sql = new StringBuilder(TIPS).append(Visible.REPOSITORIES);
        if (repositoryId != null) {
            sql.append(" AND r.id = :repository");
            parameters.put("repository", repositoryId);
        }
        if (projectId != null) {
            sql.append(" AND r.project_id = :project");
            parameters.put("project", projectId);
        }
        if (groupId != null) {
            sql.append(" AND r.group_id IN (SELECT gp.group_id FROM group_path gp WHERE gp.ancestor_id = :group)");
            parameters.put("group", groupId);
        }
        return jdbc.sql(sql.toString()).params(parameters).query(TIP).list();
    }

    /** All repositories behind an id, in the order of their ids, a certain number at most. */
    List<Tip> after(long id, int most) {
        return jdbc.sql(TIPS + "r.deleted_at IS NULL AND r.id > :id ORDER BY r.id LIMIT :most")
                .param("id", id)
                .param("most", most)
                .query(TIP)
                .list();
    }

    /** The repositories that somebody pushed to since a time, or that changed otherwise. */
    List<Tip> activeSince(long millis) {
        return jdbc.sql(TIPS + "r.deleted_at IS NULL AND r.last_activity_at >= :since")
                .param("since", millis)
                .query(TIP)
                .list();
    }
}
