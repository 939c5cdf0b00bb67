package dev.granary.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import dev.granary.access.AccessService;
import dev.granary.access.Role;
import dev.granary.identity.UserAccount;
import dev.granary.kernel.Scope;
import dev.granary.projects.Project;
import dev.granary.projects.ProjectService;
import dev.granary.repositories.HostedRepository;
import dev.granary.repositories.RepositoryService;
import dev.granary.testing.Browser;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.TestDatabase;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.springframework.transaction.support.TransactionTemplate;

/** A repository of an author's, whose merge requests a committer reviews, and a browser. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ResourceLock(Browser.LOCK)
abstract class RequestPageFixture {
    /** What would run, if anything let it. */
    static final String HARM = "<img src=x onerror=\"document.title='hacked'\">";

    final GranaryServer server = GranaryServer.shared(TestDatabase.SQLITE);
    Browser browser;
    UserAccount author;
    UserAccount reviewer;
    Project project;
    HostedRepository repository;

    @BeforeAll
    void prepare() {
        browser = new Browser(server);
        author = server.newUser("author");
        reviewer = server.newUser("reviewer");
        project = server.bean(ProjectService.class)
                .create(server.caller(author.name()), GranaryServer.unique("asked"), "", "scrum");
        begin("app");
        assign(reviewer, Role.COMMITTER);
    }

    /** Goes on in another repository of the project. */
    final void begin(String name) {
        repository = server.bean(RepositoryService.class)
                .create(server.caller(author.name()), project, GranaryServer.unique(name), "", 0);
        commit("master", null, "create", "src/Main.java", "class Main {\n  int one = 1;\n}\n");
    }

    void assign(UserAccount user, Role role) {
        server.bean(TransactionTemplate.class)
                .executeWithoutResult(_ -> server.bean(AccessService.class)
                        .assign(server.admin().id(), new Scope.Project(project.id()), user.id(), role));
    }

    void commit(String branch, @Nullable String from, String action, String file, String content) {
        var body = new HashMap<String, Object>(Map.of(
                "branch",
                branch,
                "commit_message",
                "Change " + file,
                "actions",
                List.of(Map.of("action", action, "file_path", file, "content", content))));
        if (from != null) {
            body.put("start_branch", from);
        }
        assertThat(server.http(author.name(), GranaryServer.PASSWORD)
                        .post("/v2/projects/" + repository.id() + "/repository/commits", body)
                        .status())
                .isEqualTo(200);
    }

    long open(String branch, String title, String description) {
        return open(branch, title, description, "");
    }

    long open(String branch, String title, String description, Object approver) {
        var made = server.http(author.name(), GranaryServer.PASSWORD)
                .post(
                        "/v4/repositories/" + repository.id() + "/merge-requests",
                        Map.of(
                                "title",
                                title,
                                "description",
                                description,
                                "source_branch",
                                branch,
                                "target_branch",
                                "master",
                                "approval_approvers_ids",
                                approver.toString()));
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        var iid = made.json().get("iid").asLong();
        assertThat(made.json().get("web_url").asString()).endsWith(page("/" + iid));
        return iid;
    }

    String page(String rest) {
        return "/" + repository.fullPath() + "/-/merge_requests" + rest;
    }

    /** Changes what is asked of merge requests; what is not named is as at the beginning. */
    void setting(Map<String, Object> changes) {
        var answer = server.http(author.name(), GranaryServer.PASSWORD)
                .put("/v4/repositories/" + repository.id() + "/merge-requests/setting", changes);
        assertThat(answer.status()).as(answer.toString()).isBetween(200, 201);
    }

    static void click(Page page, AriaRole role, String name) {
        page.getByRole(role, new GetByRoleOptions().setName(name).setExact(true))
                .click();
    }

    @AfterAll
    void end() {
        browser.close();
    }
}
