package dev.granary.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.access.Role;
import dev.granary.identity.BrowserSessions;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.Http;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.Scopes;
import dev.granary.testing.TestDatabase;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What only pages ask the database for, on every database. */
@OnBothDatabases
class PageQueriesTest {
    private static final String TITLE = "Sharpen the scythes";

    private static final String LATE = "Late mirrors";

    private final GranaryServer server;
    private final Http page;

    PageQueriesTest(TestDatabase database) {
        server = GranaryServer.shared(database);
        page = page("admin", GranaryServer.ADMIN_PASSWORD);
    }

    private Http page(String user, String password) {
        var secret = server.bean(BrowserSessions.class).start(user, password, "127.0.0.1", "test");
        return server.asNobody().with("Cookie", "granary_session=" + secret);
    }

    private String html(Http reader, String path) {
        var answer = reader.get(path);
        assertThat(answer.status()).as(path + " " + answer).isEqualTo(200);
        return answer.text();
    }

    private static String made(Http.Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isBetween(200, 201);
        return answer.text();
    }

    @Test
    void requestsAreFoundByEverythingAsked() {
        var scopes = Scopes.create(server, server.admin());
        var reviewer = scopes.member(server, Role.COMMITTER);
        var api = server.asAdmin();
        var path = scopes.repositoryPath();
        scopes.commit(api, "master", null, "Begin");
        scopes.commit(api, "work", "master", "Work");
        made(api.post(
                path + "/merge-requests",
                Map.of(
                        "title",
                        TITLE,
                        "source_branch",
                        "work",
                        "target_branch",
                        "master",
                        "reviewer_ids",
                        String.valueOf(reviewer.id()),
                        "assignee_ids",
                        String.valueOf(reviewer.id()))));
        var list = "/" + scopes.repository().fullPath() + "/-/merge_requests";
        for (var order : List.of("newest", "oldest", "updated")) {
            assertThat(html(page, list + "?order=" + order)).as(order).contains(TITLE);
        }
        for (var filter : List.of(
                "state=all",
                "author=admin",
                "reviewer=" + reviewer.name(),
                "assignee=" + reviewer.name(),
                "search=SCYTHES",
                "search=1")) {
            assertThat(html(page, list + "?" + filter)).as(filter).contains(TITLE);
        }
        for (var filter : List.of(
                "state=merged",
                "state=closed",
                "author=" + reviewer.name(),
                "reviewer=admin",
                "label=x",
                "search=%25")) {
            assertThat(html(page, list + "?" + filter)).as(filter).doesNotContain(TITLE);
        }
        assertThat(html(page(reviewer.name(), GranaryServer.PASSWORD), "/")).contains(TITLE);
    }

    @Test
    void lateMirrorsStandOnTheFrontPageOfMembers() {
        var owner = server.newUser("owner");
        var scopes = Scopes.create(server, server.caller(owner.name()));
        Scopes.write(
                server, jdbc -> jdbc.sql("""
                    INSERT INTO mirror (repository_id, direction, url, status, last_update_at, created_at, late_since)
                    VALUES (?, 'push', 'https://late.example.com/a.git', 'failed', 1, 1, 1)\
                    """).param(scopes.repository().id()).update());
        assertThat(html(page(owner.name(), GranaryServer.PASSWORD), "/"))
                .contains(LATE, scopes.repository().fullPath());
        assertThat(html(page(server.newUser("other").name(), GranaryServer.PASSWORD), "/"))
                .doesNotContain(LATE);
    }

    @Test
    void usersAndRepositoriesAreFoundByPartsOfTheirNames() {
        var user = server.newUser("Searched");
        assertThat(html(
                        page,
                        "/-/admin/users?search=" + user.name().substring(0, 6).toUpperCase(Locale.ROOT)))
                .contains(user.name());
        assertThat(html(page, "/-/admin/users?search=%25%25")).doesNotContain(user.name());
        var scopes = Scopes.create(server, server.caller(user.name()));
        var own = page(user.name(), GranaryServer.PASSWORD);
        assertThat(html(own, "/?search=" + scopes.repository().name()))
                .contains(scopes.repository().fullPath());
        assertThat(html(own, "/?all=true")).contains(scopes.repository().fullPath());
        for (var place : List.of("storage", "jobs", "health", "licences")) {
            html(page, "/-/admin/" + place);
        }
        assertThat(html(own, "/-/projects")).contains(scopes.project().name());
        assertThat(html(own, "/-/profile/sessions")).contains("127.0.0.1");
    }
}
