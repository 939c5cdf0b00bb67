package dev.granary.reviews;

import dev.granary.kernel.Scope;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What places are called from which a repository may take its settings of reviews. */
@Component
class ReviewSettingStore {
    private final JdbcClient jdbc;

    ReviewSettingStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The path of a project or group; empty for anything else. */
    Optional<String> path(Scope scope) {
        var table = switch (scope) {
            case Scope.Project _ -> "project";
            case Scope.Group _ -> "code_group";
            case Scope.Account _, Scope.Repository _ -> "";
        };
        return table.isEmpty()
                ? Optional.empty()
                : jdbc.sql("SELECT path FROM " + table + " WHERE id = :id")
                        .param("id", scope.id())
                        .query(String.class)
                        .optional();
    }
}
