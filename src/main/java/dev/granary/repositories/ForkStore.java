package dev.granary.repositories;

import dev.granary.access.Visible;
import dev.granary.kernel.Caller;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Which repository was forked from which. */
@Component
class ForkStore {
    private static final int NETWORK_MAXIMUM = 100;

    private final JdbcClient jdbc;

    ForkStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What a repository was forked from, nearest first, as far as the caller may view it. */
    List<HostedRepository> ancestors(Caller caller, long id) {
        return jdbc.sql("""
            WITH RECURSIVE line (id, parent_id, depth) AS (
              SELECT id, parent_id, 0 FROM repository WHERE id = :id
              UNION ALL
              SELECT parent.id, parent.parent_id, line.depth + 1
              FROM repository parent JOIN line ON parent.id = line.parent_id
            )
            %s JOIN line ON line.id = r.id
            WHERE line.depth > 0 AND r.status = 0 AND %s ORDER BY line.depth
            """.formatted(RepositoryStore.SELECT, Visible.REPOSITORIES))
                .params(Visible.parameters(caller))
                .param("id", id)
                .query(RepositoryStore.ROW)
                .list();
    }

    /** The others with the same origin that the caller may view, oldest first, at most {@value #NETWORK_MAXIMUM}. */
    List<HostedRepository> network(Caller caller, long id) {
        return jdbc.sql("""
            WITH RECURSIVE line (id, parent_id) AS (
              SELECT id, parent_id FROM repository WHERE id = :id
              UNION ALL
              SELECT parent.id, parent.parent_id
              FROM repository parent JOIN line ON parent.id = line.parent_id
            ),
            network (id) AS (
              SELECT id FROM line WHERE parent_id IS NULL
              UNION ALL
              SELECT child.id FROM repository child JOIN network ON child.parent_id = network.id
            )
            %s JOIN network ON network.id = r.id
            WHERE r.id <> :id AND r.status = 0 AND %s ORDER BY r.id LIMIT :limit
            """.formatted(RepositoryStore.SELECT, Visible.REPOSITORIES))
                .params(Visible.parameters(caller))
                .param("id", id)
                .param("limit", NETWORK_MAXIMUM)
                .query(RepositoryStore.ROW)
                .list();
    }
}
