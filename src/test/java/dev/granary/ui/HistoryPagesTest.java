package dev.granary.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import dev.granary.kernel.Caller;
import dev.granary.projects.ProjectService;
import dev.granary.refs.RefBrowseService;
import dev.granary.repositories.HostedRepository;
import dev.granary.repositories.RepositoryService;
import dev.granary.testing.Browser;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.TestDatabase;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Looking at refs, commits and differences on the page. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ResourceLock(Browser.LOCK)
class HistoryPagesTest {
    private static final String EVIL = "<img src=x onerror=document.title='hacked'>";

    private final GranaryServer server = GranaryServer.shared(TestDatabase.SQLITE);
    private Browser browser;
    private String user;
    private HostedRepository repository;

    @BeforeAll
    void prepare() {
        browser = new Browser(server);
        user = server.newUser("historian").name();
        Caller caller = server.caller(user);
        var project = server.bean(ProjectService.class).create(caller, GranaryServer.unique("pages"), "", "scrum");
        repository = server.bean(RepositoryService.class).create(caller, project, "app", "An app", 0);
        commit(
                "Begin",
                Map.of(
                        "action",
                        "create",
                        "file_path",
                        "app/Main.java",
                        "content",
                        "class Main {\n  int one = 1;\n}\n"),
                Map.of("action", "create", "file_path", "old.html", "content", "<script>alert(1)</script>\n"),
                Map.of("action", "create", "file_path", "picture.svg", "content", "<svg onload='alert(1)'/>\n"));
        var files = new java.util.ArrayList<Map<String, String>>();
        files.add(Map.of(
                "action", "update", "file_path", "app/Main.java", "content", "class Main {\n  " + EVIL + "\n}\n"));
        files.add(Map.of("action", "delete", "file_path", "old.html"));
        for (var number = 10; number < 35; number++) {
            files.add(Map.of(
                    "action",
                    "create",
                    "file_path",
                    "many/file" + number + ".txt",
                    "content",
                    "line " + number + "\n"));
        }
        commit("Change " + EVIL + "\n\nThe reason is " + EVIL, files.toArray(Map[]::new));
        var refs = server.bean(RefBrowseService.class);
        for (var number = 0; number < 55; number++) {
            refs.createBranch(caller, repository.id(), "topic/number-" + number, "master");
        }
        refs.createTag(caller, repository.id(), "v1.0", "master", "The <b>first</b>");
    }

    private void commit(String message, Map<?, ?>... actions) {
        assertThat(server.http(user, GranaryServer.PASSWORD)
                        .post(
                                "/v2/projects/" + repository.id() + "/repository/commits",
                                Map.of("branch", "master", "commit_message", message, "actions", List.of(actions)))
                        .status())
                .isEqualTo(200);
    }

    @AfterAll
    void end() {
        browser.close();
    }

    private static GetByRoleOptions named(String name) {
        return new GetByRoleOptions().setName(name);
    }

    @Test
    void aReaderSwitchesTheBranchAndLooksAtACommit() {
        var page = browser.logIn(user);
        page.navigate("/" + repository.fullPath() + "/-/tree/master/app");
        page.locator(".refs summary").click();
        assertThat(page.locator(".refs .choices a").first()).hasText("master");
        assertThat(page.locator(".refs .choices a")).hasCount(51);
        Browser.assertAccessible(page);
        page.keyboard().type("NUMBER-5");
        assertThat(page.locator(".refs .choices a")).hasCount(6);
        page.getByRole(AriaRole.LINK, named("topic/number-54")).click();
        page.waitForURL("**/-/tree/topic/number-54/app");
        assertThat(page.locator(".refs summary")).hasText("topic/number-54");

        page.getByRole(AriaRole.LINK, named("History")).click();
        assertThat(page.locator(".commits li")).hasCount(2);
        Browser.assertAccessible(page);
        page.locator(".commits a.name").first().click();
        assertThat(page.locator("main h1")).hasText("Change " + EVIL);
        assertThat(page.locator("main pre.message")).hasText("The reason is " + EVIL);
        assertThat(page.getByRole(AriaRole.HEADING, named("27 files changed"))).isVisible();
        var diff = page.locator(".change")
                .filter(new com.microsoft.playwright.Locator.FilterOptions().setHasText("Main.java"));
        assertThat(diff.locator("tr.added .text")).hasText("  " + EVIL);
        assertThat(diff.locator("tr.removed td").last()).hasText("  int one = 1;");
        assertThat(diff.locator("tr.removed td").first()).hasText("2");
        Browser.assertAccessible(page);
        Browser.picture(page, "commit");
        page.locator("main > p.blank").last().scrollIntoViewIfNeeded();
        assertThat(page.locator(".change")).hasCount(27);
        assertThat(page).hasTitle("Change " + EVIL + " · " + repository.fullPath() + " · Granary");
    }

    @Test
    void theCommitsOfAPathAreThoseThatChangedItAndCanBeSearched() {
        var page = browser.logIn("zh-CN", user, GranaryServer.PASSWORD);
        page.navigate("/" + repository.fullPath() + "/-/commits/master/old.html");
        assertThat(page.locator(".commits li")).hasCount(2);
        page.navigate("/" + repository.fullPath() + "/-/commits");
        page.getByLabel("搜索提交信息").fill("begin");
        page.getByLabel("搜索提交信息").press("Enter");
        assertThat(page.locator(".commits a.name")).hasText("Begin");
        Browser.assertAccessible(page);
    }

    @Test
    void rawFilesRunNothing() {
        var page = browser.logIn(user);
        for (var name : List.of("picture.svg", "app/Main.java")) {
            var answer = page.request().get("/" + repository.fullPath() + "/-/raw/master/" + name);
            assertThat(answer.headers())
                    .containsEntry("x-content-type-options", "nosniff")
                    .containsEntry("content-security-policy", "sandbox; default-src 'none'");
            assertThat(answer.headers().get("content-type")).doesNotContain("html", "svg");
        }
        var saved = page.request().get("/" + repository.fullPath() + "/-/raw/master/app/Main.java?save=true");
        assertThat(saved.headers().get("content-disposition")).startsWith("attachment");
        assertThat(browser.visit("en")
                        .request()
                        .get("/" + repository.fullPath() + "/-/raw/master/picture.svg")
                        .text())
                .doesNotContain("onload");
    }

    @Test
    void historyFitsASmallScreen() {
        Page page = browser.logIn(user);
        page.setViewportSize(360, 740);
        for (var place : List.of("/-/commits", "/-/commit/master", "/-/tree/master", "/-/blob/master/app/Main.java")) {
            page.navigate("/" + repository.fullPath() + place);
            Browser.assertFits(page);
        }
    }
}
