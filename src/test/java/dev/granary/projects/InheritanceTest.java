package dev.granary.projects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Scope;
import dev.granary.projects.Inheritance.Mode;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.Scopes;
import dev.granary.testing.TestDatabase;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Whose values count, against a table written from the design and not from the code. */
@OnBothDatabases
class InheritanceTest {
    /**
     * What the project, the outer group, the inner group and the repository say, and whose values count for the
     * repository and for the inner group. {@code own}: was given values; {@code -}: says nothing and has none.
     */
    private static final List<String> TABLE = List.of(
            "-             | -             | -             | -             | repository | inner",
            "own           | -             | -             | -             | project    | project",
            "own           | own           | -             | -             | outer      | outer",
            "own           | own           | own           | -             | inner      | inner",
            "own           | own           | own           | own           | repository | inner",
            "own           | own           | -             | custom        | repository | outer",
            "own           | own           | -             | own inherit   | outer      | outer",
            "own           | own inherit   | -             | own inherit   | project    | project",
            "own           | own           | inherit       | inherit       | outer      | outer",
            "-             | -             | -             | inherit       | project    | inner",
            "own           | own           | own custom    | inherit       | inner      | inner",
            "own custom    | -             | custom        | own           | repository | inner",
            "own force     | -             | -             | -             | project    | project",
            "own force     | own           | own           | own custom    | project    | project",
            "force         | own force     | own           | own custom    | project    | project",
            "own           | own force     | own           | own custom    | outer      | outer",
            "own           | own force     | own force     | own           | outer      | outer",
            "own           | -             | force         | own custom    | inner      | inner",
            "own           | own           | own force     | inherit       | inner      | inner");

    private final GranaryServer server;
    private final Inheritance inheritance;
    private final Scopes scopes;

    InheritanceTest(TestDatabase database) {
        server = GranaryServer.shared(database);
        inheritance = server.bean(Inheritance.class);
        scopes = Scopes.create(server, server.admin());
    }

    private Map<String, Scope> named() {
        var named = new LinkedHashMap<String, Scope>();
        named.put("project", scopes.projectScope());
        named.put("outer", scopes.outer());
        named.put("inner", scopes.inner());
        named.put("repository", scopes.repositoryScope());
        return named;
    }

    private void say(SettingKind kind, Scope scope, String said) {
        var mode = said.contains("force")
                ? Mode.FORCE_INHERIT
                : said.contains("custom") ? Mode.CUSTOM : said.contains("inherit") ? Mode.INHERIT : null;
        Scopes.write(
                server,
                jdbc -> jdbc.sql("""
                    INSERT INTO setting_mode (scope, scope_id, setting, mode, own)
                    VALUES (:scope, :id, :setting, CAST(:mode AS TEXT), :own) ON CONFLICT (scope, scope_id, setting)
                    DO UPDATE SET mode = excluded.mode, own = excluded.own
                    """)
                        .param("scope", scope.kind())
                        .param("id", scope.id())
                        .param("setting", kind.key())
                        .param("mode", mode == null ? null : mode.key())
                        .param("own", said.contains("own"))
                        .update());
    }

    @Test
    void followsTheTable() {
        var kind = SettingKind.PUSH_RULES;
        var names = List.copyOf(named().keySet());
        for (var row : TABLE) {
            var cells = row.split("\\|");
            for (var index = 0; index < names.size(); index++) {
                say(kind, Objects.requireNonNull(named().get(names.get(index))), cells[index]);
            }
            assertThat(inheritance.source(scopes.repositoryScope(), kind))
                    .as(row)
                    .isEqualTo(named().get(cells[4].strip()));
            assertThat(inheritance.source(scopes.inner(), kind)).as(row).isEqualTo(named().get(cells[5].strip()));
            assertThat(inheritance.source(scopes.projectScope(), kind)).isEqualTo(scopes.projectScope());
            assertThat(inheritance.sources(scopes.repositoryScope()).get(kind))
                    .isEqualTo(inheritance.source(scopes.repositoryScope(), kind));
            assertThat(inheritance.source(scopes.repositoryScope(), SettingKind.WATERMARK))
                    .as("another kind")
                    .isEqualTo(scopes.repositoryScope());
            var forcedAbove = (cells[0] + cells[1] + cells[2]).contains("force");
            assertThat(inheritance.isForced(scopes.repositoryScope(), kind))
                    .as(row)
                    .isEqualTo(forcedAbove);
            var own = cells[4].strip().equals("repository");
            assertThat(inheritance.modes(scopes.repositoryScope()).get(kind))
                    .as(row)
                    .isEqualTo(forcedAbove ? Mode.FORCE_INHERIT : own ? Mode.CUSTOM : Mode.INHERIT);
        }
    }

    @Test
    void letsOnlyThoseWhoseValuesCountHaveTheirOwn() {
        var kind = SettingKind.REVIEWS;
        own(scopes.projectScope(), kind);
        assertThatThrownBy(() -> own(scopes.repositoryScope(), kind))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo(ErrorCode.SETTING_INHERITED));
        assertThat(inheritance.source(scopes.repositoryScope(), kind)).isEqualTo(scopes.projectScope());
        transaction(() -> inheritance.setModes(scopes.repositoryScope(), Map.of(kind, Mode.CUSTOM)));
        own(scopes.repositoryScope(), kind);
        assertThat(inheritance.source(scopes.repositoryScope(), kind)).isEqualTo(scopes.repositoryScope());
    }

    @Test
    void everyChangeRaisesTheNumberOfTheProject() {
        var before = version();
        own(scopes.inner(), SettingKind.E2E_SETTINGS);
        assertThat(version()).isGreaterThan(before);
        var then = version();
        transaction(
                () -> inheritance.setModes(scopes.repositoryScope(), Map.of(SettingKind.E2E_SETTINGS, Mode.INHERIT)));
        assertThat(version()).isGreaterThan(then);
    }

    @Test
    void whatDoesNotExistCountsForItself() {
        var nowhere = new Scope.Repository(Integer.MAX_VALUE);
        assertThat(inheritance.source(nowhere, SettingKind.WATERMARK)).isEqualTo(nowhere);
    }

    private long version() {
        return server.bean(JdbcClient.class)
                .sql("SELECT rules_version FROM project WHERE id = :id")
                .param("id", scopes.project().id())
                .query(Long.class)
                .single();
    }

    private void own(Scope scope, SettingKind kind) {
        transaction(() -> inheritance.own(scope, kind));
    }

    private void transaction(Runnable change) {
        server.bean(TransactionTemplate.class).executeWithoutResult(_ -> change.run());
    }
}
