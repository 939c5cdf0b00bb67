package dev.granary.workitems;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.huaweicloud.sdk.codehub.v3.CodeHubClient;
import com.huaweicloud.sdk.codehub.v3.model.AssociateIssuesRequest;
import com.huaweicloud.sdk.codehub.v3.model.AssociateIssuesRequestBody;
import com.huaweicloud.sdk.core.auth.BasicCredentials;
import com.huaweicloud.sdk.core.exception.ServiceResponseException;
import dev.granary.access.Role;
import dev.granary.identity.UserAccount;
import dev.granary.testing.Git;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.Http;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.Scopes;
import dev.granary.testing.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Work items, what they are linked to, and what the settings about them do. */
@OnBothDatabases
class WorkItemApiTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    private final GranaryServer server;
    private final UserAccount owner;
    private final Http client;
    private final Scopes scopes;

    @TempDir
    Path folder;

    WorkItemApiTest(TestDatabase database) {
        server = GranaryServer.shared(database);
        owner = server.newUser("owner");
        client = as(owner);
        scopes = Scopes.create(server, server.caller(owner.name()));
    }

    private Http as(UserAccount user) {
        return server.http(user.name(), GranaryServer.PASSWORD);
    }

    private String commit(String branch, @Nullable String from, String message) {
        return scopes.commit(client, branch, from, message);
    }

    private Map<String, Object> association(String branch, String... items) {
        return Map.of(
                "branch",
                branch,
                "project_id",
                scopes.project().uuid(),
                "related_id",
                List.of(items),
                "repo_id",
                scopes.repository().uuid());
    }

    private String commitsOf(String item) {
        return scopes.projectPath() + "/items/" + item + "/commits";
    }

    /** What a work item is linked to, as soon as that is so much. */
    private JsonNode links(String item, int count) throws InterruptedException {
        var end = System.nanoTime() + SOON.toNanos();
        while (true) {
            var answer = client.get(commitsOf(item));
            assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
            if (answer.json().size() == count) {
                return answer.json();
            }
            assertThat(System.nanoTime()).as(answer.toString()).isLessThan(end);
            Thread.sleep(20);
        }
    }

    private String ofBranch(String name) {
        return scopes.repositoryPath() + "/branch/work-items?branch_name=" + name;
    }

    @Test
    void linksBranchesForTheSdk() {
        commit("main", null, "First");
        var path = scopes.repositoryPath();
        client.post(
                path + "/repository/branches",
                Map.of("branch", "feature", "ref", "main", "related_ids", List.of("s1")));
        var codeHub = CodeHubClient.newBuilder()
                .withCredential(new BasicCredentials()
                        .withAk(GranaryServer.ADMIN_ACCESS_KEY)
                        .withSk(GranaryServer.ADMIN_SECRET_KEY)
                        .withProjectId("0123456789abcdef0123456789abcdef"))
                .withEndpoint(server.url())
                .build();
        var body = new AssociateIssuesRequestBody()
                .withBranch("feature")
                .withProjectId(scopes.project().uuid())
                .withRelatedId(List.of("s2", "s1"))
                .withRepoId(Long.toString(scopes.repository().id()));
        assertThat(codeHub.associateIssues(new AssociateIssuesRequest().withBody(body))
                        .getStatus())
                .isEqualTo("success");
        assertThat(client.get(ofBranch("feature"))
                        .json()
                        .valueStream()
                        .map(item -> item.get("related_id").asString()))
                .containsExactly("s1", "s2");
        body.setBranch("nothing");
        assertThatThrownBy(() -> codeHub.associateIssues(new AssociateIssuesRequest().withBody(body)))
                .isInstanceOfSatisfying(ServiceResponseException.class, failure -> {
                    assertThat(failure.getHttpStatusCode()).isEqualTo(404);
                    assertThat(failure.getErrorMsg()).contains("nothing");
                });
    }

    @Test
    void whatIsLinkedGoesWithItsBranch() throws InterruptedException {
        commit("main", null, "First");
        commit("feature", "main", "Second");
        assertThat(client.post("/v2/projects/issues", association("feature", "g1"))
                        .status())
                .isEqualTo(200);
        var link = links("g1", 1).get(0);
        assertThat(link.get("type").asString()).isEqualTo("branch");
        assertThat(link.get("branch_name").asString()).isEqualTo("feature");
        assertThat(link.get("commit_msg").asString()).isEqualTo("Second");
        assertThat(link.get("user_name").asString()).isEqualTo(owner.name());
        assertThat(link.get("iam_id").asString()).isEqualTo(owner.uuid());
        client.delete(scopes.repositoryPath() + "/repository/branch?branch_name=feature");
        assertThat(links("g1", 0)).isEmpty();
        assertThat(client.get(ofBranch("feature")).status()).isEqualTo(404);
    }

    @Test
    void noticesWorkItemsInMessagesOnce() throws InterruptedException {
        var first = commit("main", null, "Begin #71");
        assertThat(links("71", 1).get(0).get("commit_id").asString()).isEqualTo(first);
        var second = commit("main", null, "Fix #71, #KEY-72\n\nBody with #73");
        var link = links("71", 2).get(0);
        assertThat(link.get("commit_id").asString()).isEqualTo(second);
        assertThat(link.get("commit_short_id").asString()).isEqualTo(second.substring(0, 8));
        assertThat(link.get("type").asString()).isEqualTo("commit");
        assertThat(link.get("branch_name").asString()).isEqualTo("main");
        assertThat(link.get("commit_msg").asString()).isEqualTo("Fix #71, #KEY-72");
        assertThat(link.get("commit_url").asString()).endsWith("/commit/" + second);
        assertThat(link.get("repository_id").asString())
                .isEqualTo(Long.toString(scopes.repository().id()));
        assertThat(link.get("user_name").asString()).isEqualTo(owner.name());
        assertThat(link.get("item_url").isNull()).isTrue();
        links("KEY-72", 1);
        links("73", 1);
        // The new branch has them all; only its own commit is looked at.
        commit("feature", "main", "More #74");
        assertThat(links("74", 1).get(0).get("branch_name").asString()).isEqualTo("feature");
        assertThat(links("71", 2).get(1).get("branch_name").asString()).isEqualTo("main");

        var page = client.get(commitsOf("71") + "?offset=1&limit=1&type=commit");
        assertThat(page.header("X-Total")).isEqualTo("2");
        assertThat(page.json().get(0).get("commit_id").asString()).isEqualTo(first);
        assertThat(client.get(commitsOf("71") + "?type=branch").json()).isEmpty();
        var related = client.get("/v2/repositories/" + scopes.repository().uuid() + "/related-commits?search=key-72")
                .result();
        assertThat(related.get("total").intValue()).as("by the message, too").isEqualTo(3);
        assertThat(related.get("list").get(0).get("commitType").asString()).isEqualTo("commit");

        var settings = scopes.repositoryPath() + "/e2e-setting";
        client.put(settings, Map.of("e2e_policies", Map.of("auto_extract", false)));
        commit("main", null, "Unnoticed #75");
        client.put(settings, Map.of("e2e_policies", Map.of("auto_extract", true, "prefix_symbol", "ref:,relates to")));
        commit("main", null, "Relates to 76, but not #75");
        links("76", 1);
        assertThat(client.get(commitsOf("75")).json()).isEmpty();
    }

    /** The row is what a server that stopped at once after a push leaves behind. */
    @Test
    void looksAtWhatAStoppedServerLeft() throws InterruptedException {
        var settings = scopes.repositoryPath() + "/e2e-setting";
        client.put(settings, Map.of("e2e_policies", Map.of("auto_extract", false)));
        var first = commit("main", null, "Begin #81");
        commit("main", null, "Go on #82");
        Scopes.write(
                server,
                jdbc -> jdbc.sql("DELETE FROM commit_scan WHERE repository_id = :repository")
                        .param("repository", scopes.repository().id())
                        .update());
        client.put(settings, Map.of("e2e_policies", Map.of("auto_extract", true)));
        Scopes.write(
                server,
                jdbc -> jdbc.sql("""
                    INSERT INTO commit_scan (repository_id, full_name, seen_commit, moves, since)
                    VALUES (:repository, 'refs/heads/main', :seen, 1, 1)
                    """)
                        .param("repository", scopes.repository().id())
                        .param("seen", first)
                        .update());
        server.bean(CommitScan.class).sweep();
        links("82", 1);
        assertThat(client.get(commitsOf("81")).json()).as("seen before").isEmpty();
    }

    @Test
    void readsTheNewestOfAPushAndNoMore() throws InterruptedException {
        var work = Git.in(folder);
        work.ok("init", "-q", "-b", "main", "work");
        var clone = work.at(folder.resolve("work"));
        var history = new StringBuilder();
        for (var number = 0; number <= CommitScan.MOST_COMMITS; number++) {
            history.append("commit refs/heads/main\ncommitter A <a@b> ")
                    .append(number + 1)
                    .append(" +0000\n");
            history.append("data <<END\nChange ")
                    .append(number == 0 ? "#91" : number == 1 ? "#92" : "")
                    .append("\nEND\n");
        }
        try {
            Files.writeString(folder.resolve("history"), history);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        clone.program(List.of("sh", "-c", "git fast-import --quiet < ../history"))
                .ok();
        clone.ok("push", "-q", url(), "main");
        links("92", 1);
        assertThat(client.get(commitsOf("91")).json()).isEmpty();
    }

    private String url() {
        return server.url().replace("//", "//" + owner.name() + ":" + GranaryServer.PASSWORD.replace(" ", "%20") + "@")
                + "/" + scopes.repository().fullPath() + ".git";
    }

    @Test
    void settingsAreInheritedAndLeadToTheTracker() throws InterruptedException {
        commit("main", null, "Begin");
        client.post("/v2/projects/issues", association("main", "a/b c"));
        var none = client.get(scopes.repositoryPath() + "/e2e-setting").json();
        assertThat(none.get("e2e_policies").get("auto_extract").booleanValue()).isTrue();
        assertThat(none.get("req").get("active").booleanValue()).isFalse();
        assertThat(none.get("link").get("app_sk").isNull()).isTrue();
        var link = Map.of("link", Map.of("active", true, "url", "https://tracker.example.com/items/{id}?view=1"));
        var changed = client.put(scopes.projectPath() + "/e2e-setting", link);
        assertThat(changed.status()).as(changed.toString()).isEqualTo(200);
        var url = "https://tracker.example.com/items/a%2Fb%20c?view=1";
        assertThat(client.get(ofBranch("main")).json().get(0).get("related_url").asString())
                .isEqualTo(url);
        for (var scope : List.of(scopes.innerPath(), scopes.repositoryPath())) {
            assertThat(client.get(scope + "/e2e-setting").json()).as(scope).isEqualTo(changed.json());
        }
        var own = client.get(scopes.repositoryPath() + "/e2e-setting?take_effect=false")
                .json();
        assertThat(own.get("link").get("active").booleanValue()).isFalse();
        assertThat(client.put(scopes.repositoryPath() + "/e2e-setting", link).errorCode())
                .isEqualTo(client.put(scopes.innerPath() + "/e2e-setting", link).errorCode())
                .isEqualTo("CH.090509");
        var custom = Map.of("data", List.of(Map.of("name", "e2e_settings", "inherit_mod", "custom")));
        client.put(scopes.repositoryPath() + "/inherit-setting", custom);
        var off = client.put(scopes.repositoryPath() + "/e2e-setting", Map.of("link", Map.of("active", false)));
        assertThat(off.status()).as(off.toString()).isEqualTo(200);
        assertThat(client.get(ofBranch("main")).json().get(0).get("related_url").isNull())
                .isTrue();
    }

    @Test
    void listsWhatTheTrackerSaidAndWhatIsLinked() {
        commit("main", null, "Begin");
        var items = scopes.projectPath() + "/items/";
        var bug = Map.of(
                "subject",
                "It fails 100%",
                "tracker",
                Map.of("id", "3", "name", "Bug"),
                "status",
                Map.of("id", "1", "name", "New"));
        var said = client.put(items + "11", bug);
        assertThat(said.status()).as(said.toString()).isEqualTo(200);
        client.put(items + "12", Map.of("subject", "A story", "status", Map.of("name", "Closed")));
        client.put(items + "13", Map.of("subject", "A requirement", "sequence", "IR13"));
        client.post("/v2/projects/issues", association("main", "11", "14"));
        var path = scopes.repositoryPath() + "/work-items?is_ipd=false&project_id="
                + scopes.project().uuid();
        assertThat(ids(client.get(path))).containsExactly("11", "12", "14");
        var first = client.get(path).json().get(0);
        assertThat(first.get("subject").asString()).isEqualTo("It fails 100%");
        assertThat(first.get("tracker").get("name").asString()).isEqualTo("Bug");
        assertThat(first.get("priority").isNull()).isTrue();
        var page = client.get(path + "&offset=1&limit=1");
        assertThat(page.header("X-Total")).isEqualTo("3");
        assertThat(ids(page)).containsExactly("12");
        assertThat(ids(client.get(path + "&subject=FAILS%20100%25"))).containsExactly("11");
        assertThat(ids(client.get(path.replace("is_ipd=false", "is_ipd=true")))).containsExactly("13");

        client.put(
                scopes.repositoryPath() + "/e2e-setting",
                Map.of("req", Map.of("active", true, "branches", "ma.*", "exclude_statuses", "Closed, Rejected")));
        assertThat(ids(client.get(path + "&target_branch=main"))).containsExactly("11");
        assertThat(ids(client.get(path + "&target_branch=other"))).containsExactly("11", "12", "14");
        client.put(scopes.repositoryPath() + "/e2e-setting", Map.of("req", Map.of("category_codes", "3,4")));
        assertThat(ids(client.get(path + "&target_branch=main"))).containsExactly("11");

        assertThat(client.delete(items + "12").status()).isEqualTo(204);
        assertThat(client.delete(items + "12").errorCode()).isEqualTo("CH.094001");
        assertThat(ids(client.get(path))).containsExactly("11", "14");
    }

    private static List<String> ids(Http.Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json()
                .valueStream()
                .map(item -> item.get("id").asString())
                .toList();
    }

    @Test
    void deniesAndRefuses() {
        commit("main", null, "Begin");
        var stranger = as(server.newUser("stranger"));
        var viewer = as(scopes.member(server, Role.VIEWER));
        var developer = as(scopes.member(server, Role.DEVELOPER));
        var association = association("main", "1");
        var item = scopes.projectPath() + "/items/1";
        var setting = scopes.repositoryPath() + "/e2e-setting";
        var list = scopes.repositoryPath() + "/work-items?is_ipd=false&project_id="
                + scopes.project().uuid();
        for (var path : List.of(
                commitsOf("1"),
                ofBranch("main"),
                list,
                setting,
                scopes.projectPath() + "/e2e-setting",
                scopes.innerPath() + "/e2e-setting")) {
            assertThat(server.asNobody().get(path).status()).as(path).isEqualTo(401);
            assertThat(stranger.get(path).status()).as(path).isEqualTo(404);
            assertThat(viewer.get(path).status()).as(path).isEqualTo(200);
        }
        assertThat(server.asNobody().post("/v2/projects/issues", association).status())
                .isEqualTo(401);
        assertThat(stranger.post("/v2/projects/issues", association).status()).isEqualTo(404);
        assertThat(viewer.post("/v2/projects/issues", association).status()).isEqualTo(403);
        assertThat(developer.post("/v2/projects/issues", association).status()).isEqualTo(200);
        assertThat(developer.put(item, Map.of("subject", "x")).status()).isEqualTo(403);
        assertThat(stranger.put(item, Map.of("subject", "x")).status()).isEqualTo(404);
        assertThat(developer.delete(item).status()).isEqualTo(403);
        assertThat(developer.put(setting, Map.of()).status()).isEqualTo(403);
        assertThat(stranger.put(setting, Map.of()).status()).isEqualTo(404);
        assertThat(server.asNobody().put(setting, Map.of()).status()).isEqualTo(401);

        for (var change : List.of(
                Map.of("related_id", List.of()),
                Map.of("related_id", List.of("x".repeat(101))),
                Map.of("related_id", List.of("a\u0000")),
                Map.of("branch", ""),
                Map.of("repo_id", "x".repeat(33)))) {
            var body = new HashMap<String, Object>(association);
            body.putAll(change);
            assertThat(client.post("/v2/projects/issues", body).status())
                    .as(change.toString())
                    .isEqualTo(400);
        }
        var elsewhere = new HashMap<>(association);
        elsewhere.put("project_id", "0".repeat(32));
        assertThat(client.post("/v2/projects/issues", elsewhere).status()).isEqualTo(404);
        assertThat(client.get(commitsOf("1") + "?type=tag").status()).isEqualTo(400);
        assertThat(client.get(scopes.repositoryPath() + "/work-items?is_ipd=false")
                        .status())
                .isEqualTo(400);
        invalid(setting, Map.of("req", Map.of("branches", "(", "branches_type", "regex")), "req.branches", "正则");
        invalid(
                scopes.innerPath() + "/e2e-setting",
                Map.of("req", Map.of("branches_type", "plain")),
                "req.branches_type",
                "regex");
        invalid(setting, Map.of("e2e_policies", Map.of("prefix_symbol", " ,")), "e2e_policies.prefix_symbol", "10");
        for (var url : List.of(
                "ftp://a/{id}", "https://a/", "https://{id}.a/", "https://u:p@a/{id}", "{id}", "https://a{id}/x")) {
            invalid(setting, Map.of("link", Map.of("url", url)), "link.url", "https://");
        }
        invalid(setting, Map.of("link", Map.of("active", true)), "link.url", "必填");
        invalid(setting, Map.of("link", Map.of("app_sk", "secret")), "link.app_sk", "link.app_sk");
        assertThat(client.get(setting).json().get("link").get("url").asString()).isEmpty();
    }

    private void invalid(String path, Map<String, ?> body, String field, String chinese) {
        var answer = client.put(path, body);
        assertThat(answer.status()).as(body + " " + answer).isEqualTo(400);
        assertThat(answer.errorText()).contains(field);
        assertThat(client.with("X-Language", "zh-cn").put(path, body).errorText())
                .contains(field)
                .contains(chinese);
    }
}
