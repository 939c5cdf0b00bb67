package dev.granary.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.jobs.JobOverview.Item;
import dev.granary.jobs.JobOverview.State;
import dev.granary.kernel.Scope;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.Scopes;
import dev.granary.testing.TestDatabase;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@OnBothDatabases
class JobOverviewTest {
    private static final int MOST = 10_000;

    private final GranaryServer server;
    private final Scopes scopes;

    JobOverviewTest(TestDatabase database) {
        server = GranaryServer.shared(database);
        scopes = Scopes.create(server, server.admin());
    }

    private JobOverview overview(String bean) {
        return server.bean(JobOverview.class, bean);
    }

    private void write(String sql) {
        server.bean(TransactionTemplate.class)
                .executeWithoutResult(_ -> server.bean(JdbcClient.class)
                        .sql(sql)
                        .param("repository", scopes.repository().id())
                        .update());
    }

    private List<Item> items(String bean) {
        var here = new Scope.Repository(scopes.repository().id());
        return overview(bean).now(Locale.ENGLISH, MOST).items().stream()
                .filter(item -> item.scope().equals(here))
                .toList();
    }

    @Test
    void tellsWhatRunsWaitsAndFailed() {
        write("""
            INSERT INTO mirror (repository_id, direction, url, status, error_key, error_arguments, last_update_at,
              created_at)
            VALUES (:repository, 'push', 'https://example.com/a.git', 'failed', 'error.FILE_NOT_FOUND', 'a.txt', 7, 1)
            """);
        write("""
            INSERT INTO repository_import (repository_id, url, source_name, source_type, creator_id, state, created_at,
              finished_at)
            VALUES (:repository, 'https://example.com/a.git', 'a', 'git', 1, 'fail', 1, 8)
            """);
        write("""
            INSERT INTO webhook (repository_id, url, receiver, name, description, token_type, events, branch_filter,
              note_filters, verify_tls, service, created_at, updated_at, failing_since, failures, failure, disabled_at)
            VALUES (:repository, 'https://example.com/hook', 'example.com:443', '', '', '', '', '', '', TRUE, '', 1, 1,
              9, 3, 'refused', 10)
            """);
        var here = new Scope.Repository(scopes.repository().id());
        assertThat(items("mirrorOverview"))
                .containsExactly(new Item(State.FAILED, here, "push", 7L, "The file a.txt does not exist."));
        assertThat(items("importOverview")).containsExactly(new Item(State.FAILED, here, "fetch", 8L, null));
        assertThat(items("webhookJobs"))
                .containsExactly(new Item(State.FAILED, here, "example.com:443 (0)", 9L, "refused"));
        for (var bean : List.of("mirrorOverview", "importOverview", "webhookJobs")) {
            var work = overview(bean).now(Locale.ENGLISH, 1);
            assertThat(work.failed()).as(bean).isPositive();
            assertThat(work.items()).as(bean).hasSizeBetween(1, State.values().length);
        }
    }

    @Test
    void tellsOfEveryKindOfWork() {
        for (var bean : List.of("housekeepingJobs", "searchJobs")) {
            var work = overview(bean).now(Locale.SIMPLIFIED_CHINESE, MOST);
            assertThat(work.items()).as(bean).hasSize((int) (work.running() + work.failed() + work.waiting()));
        }
        assertThat(overview("statisticsJobs").now(Locale.ENGLISH, MOST).failed())
                .isZero();
    }
}
