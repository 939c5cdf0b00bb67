package dev.granary.mirrors;

import dev.granary.kernel.Page;
import dev.granary.kernel.Slice;
import dev.granary.storage.RecordMapper;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Stored credentials for other servers. */
@Component
class EndpointStore {
    private static final RecordMapper<Endpoint> ROW = RecordMapper.of(Endpoint.class);
    private static final String SELECT =
            "SELECT id, uuid, project_id, name, url, kind, created_at, updated_at FROM remote_endpoint ";

    private final JdbcClient jdbc;

    EndpointStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Empty when the project has one of that name. The secret follows in the same transaction. */
    Optional<Endpoint> insert(Endpoint endpoint) {
        return jdbc.sql("""
            INSERT INTO remote_endpoint (uuid, project_id, name, url, kind, secret, created_at, updated_at)
            VALUES (:uuid, :project, :name, :url, :kind, :none, :now, :now)
            ON CONFLICT (project_id, name) DO NOTHING
            RETURNING id, uuid, project_id, name, url, kind, created_at, updated_at
            """)
                .param("uuid", endpoint.uuid())
                .param("project", endpoint.projectId())
                .param("name", endpoint.name())
                .param("url", endpoint.url())
                .param("kind", endpoint.kind())
                .param("none", new byte[0])
                .param("now", endpoint.createdAt())
                .query(ROW)
                .optional();
    }

    void setSecret(long id, String kind, byte[] sealed, long now) {
        jdbc.sql("UPDATE remote_endpoint SET kind = :kind, secret = :sealed, updated_at = :now WHERE id = :id")
                .param("kind", kind)
                .param("sealed", sealed)
                .param("now", now)
                .param("id", id)
                .update();
    }

    byte[] secret(long id) {
        return jdbc.sql("SELECT secret FROM remote_endpoint WHERE id = :id")
                .param("id", id)
                .query(byte[].class)
                .single();
    }

    Optional<Endpoint> find(long projectId, String uuid) {
        return jdbc.sql(SELECT + "WHERE project_id = :project AND uuid = :uuid")
                .param("project", projectId)
                .param("uuid", uuid)
                .query(ROW)
                .optional();
    }

    Page<Endpoint> list(long projectId, Slice slice) {
        var items = jdbc.sql(SELECT + "WHERE project_id = :project ORDER BY id LIMIT :limit OFFSET :offset")
                .param("project", projectId)
                .param("limit", slice.limit())
                .param("offset", slice.offset())
                .query(ROW)
                .list();
        return new Page<>(items, count(projectId));
    }

    long count(long projectId) {
        return jdbc.sql("SELECT COUNT(*) FROM remote_endpoint WHERE project_id = :project")
                .param("project", projectId)
                .query(Long.class)
                .single();
    }

    /** False when mirrors use it. */
    boolean delete(long id) {
        return jdbc.sql("DELETE FROM remote_endpoint WHERE id = :id"
                                + " AND NOT EXISTS (SELECT 1 FROM mirror m WHERE m.endpoint_id = remote_endpoint.id)"
                                + " AND NOT EXISTS (SELECT 1 FROM mirror_run r WHERE r.endpoint_id = remote_endpoint.id"
                                + " AND r.state IN ('queued', 'running'))")
                        .param("id", id)
                        .update()
                == 1;
    }
}
