package dev.granary.reviews;

import dev.granary.kernel.Scope;
import dev.granary.storage.RecordMapper;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What merge requests are evaluated by. */
@Component
class EvaluationTypeStore {
    private static final RecordMapper<EvaluationType> ROW = RecordMapper.of(EvaluationType.class);

    private final JdbcClient jdbc;

    EvaluationTypeStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Something that requests are evaluated by. */
    record EvaluationType(long id, String name) {}

    List<EvaluationType> of(Scope scope) {
        return jdbc.sql("SELECT id, name FROM evaluation_type WHERE scope = :scope AND scope_id = :id ORDER BY id")
                .param("scope", scope.kind())
                .param("id", scope.id())
                .query(ROW)
                .list();
    }

    /** Has a scope have exactly these; those that stay keep their ids and what was said. */
    void replace(Scope scope, List<String> names) {
        for (var old : of(scope)) {
            if (!names.contains(old.name())) {
                jdbc.sql("DELETE FROM evaluation_type WHERE id = :id")
                        .param("id", old.id())
                        .update();
            }
        }
        for (var name : names) {
            jdbc.sql("""
                INSERT INTO evaluation_type (scope, scope_id, name) VALUES (:scope, :id, :name) ON CONFLICT DO NOTHING
                """)
                    .param("scope", scope.kind())
                    .param("id", scope.id())
                    .param("name", name)
                    .update();
        }
    }
}
