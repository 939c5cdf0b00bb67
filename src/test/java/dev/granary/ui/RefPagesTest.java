package dev.granary.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FormData;
import com.microsoft.playwright.options.RequestOptions;
import dev.granary.kernel.Caller;
import dev.granary.projects.ProjectService;
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

/** Branches, tags, comparisons and what is around a file on the page. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ResourceLock(Browser.LOCK)
class RefPagesTest {
    private final GranaryServer server = GranaryServer.shared(TestDatabase.SQLITE);
    private Browser browser;
    private String user;
    private HostedRepository repository;

    @BeforeAll
    void prepare() {
        browser = new Browser(server);
        user = server.newUser("brancher").name();
        Caller caller = server.caller(user);
        var project = server.bean(ProjectService.class).create(caller, GranaryServer.unique("pages"), "", "scrum");
        repository = server.bean(RepositoryService.class).create(caller, project, "app", "An app", 20);
        commit("master", "Begin", "create", "app/Main.java", "class Main {\n  int one = 1;\n}\n");
    }

    private void commit(String branch, String message, String action, String path, String content) {
        var actions = List.of(Map.of("action", action, "file_path", path, "content", content));
        assertThat(server.http(user, GranaryServer.PASSWORD)
                        .post(
                                "/v2/projects/" + repository.id() + "/repository/commits",
                                Map.of("branch", branch, "commit_message", message, "actions", actions))
                        .status())
                .isEqualTo(200);
    }

    @AfterAll
    void end() {
        browser.close();
    }

    private void open(Page page, String place) {
        page.navigate("/" + repository.fullPath() + "/-/" + place);
    }

    private static void click(Page page, AriaRole role, String name) {
        page.getByRole(role, new GetByRoleOptions().setName(name).setExact(true))
                .first()
                .click();
    }

    @Test
    void aBranchIsCreatedComparedAndDeleted() {
        var page = browser.logIn(user);
        open(page, "branches");
        page.locator("details.create summary").click();
        page.getByLabel("Name of the branch").fill("bad..name");
        click(page, AriaRole.BUTTON, "Create the branch");
        assertThat(page.getByRole(AriaRole.ALERT)).isVisible();
        assertThat(page.getByLabel("Name of the branch")).hasValue("bad..name");
        page.getByLabel("Name of the branch").fill("feature/x&y");
        click(page, AriaRole.BUTTON, "Create the branch");
        assertThat(page.getByRole(AriaRole.STATUS)).hasText("The branch was created.");
        assertThat(page.locator(".refs summary")).hasText("feature/x&y");

        commit("feature/x&y", "Change one", "update", "app/Main.java", "class Main {\n  int one = 2;\n}\n");
        open(page, "branches");
        assertThat(page.getByText("0 behind and 1 ahead of master")).hasCount(1);
        Browser.assertAccessible(page);
        Browser.picture(page, "branches");
        click(page, AriaRole.LINK, "Compare feature/x&y");
        assertThat(page.locator(".commits a.name")).hasText("Change one");
        assertThat(page.locator("tr.added td").last()).hasText("  int one = 2;");
        Browser.assertAccessible(page);
        click(page, AriaRole.LINK, "Swap");
        assertThat(page.getByText("“master” has nothing that “feature/x&y” has not."))
                .isVisible();
        page.getByLabel("Base").fill("no-such-branch");
        page.locator("main button.primary").click();
        assertThat(page.getByRole(AriaRole.ALERT)).isVisible();

        open(page, "branches");
        page.onceDialog(dialog -> {
            assertThat(dialog.message()).contains("“feature/x&y”");
            dialog.accept();
        });
        click(page, AriaRole.BUTTON, "Delete feature/x&y");
        assertThat(page.getByRole(AriaRole.STATUS)).hasText("The branch was deleted.");
        assertThat(page.locator(".rows li")).hasCount(1);
    }

    @Test
    void aTagIsCreatedAndDeletedInChinese() {
        var page = browser.logIn("zh-CN", user, GranaryServer.PASSWORD);
        open(page, "tags");
        Browser.assertAccessible(page);
        page.locator("details.create summary").click();
        page.getByLabel("标签名称").fill("v1.0");
        page.getByLabel("说明").fill("<script>alert(1)</script>");
        click(page, AriaRole.BUTTON, "创建标签");
        assertThat(page.getByRole(AriaRole.STATUS)).hasText("标签已创建。");
        assertThat(page.locator(".rows .lines")).hasText("<script>alert(1)</script>");
        var archive = page.request()
                .get("/" + repository.fullPath() + "/-/archive/v1.0?format=zip")
                .body();
        assertThat(new String(archive, 0, 2, java.nio.charset.StandardCharsets.US_ASCII))
                .isEqualTo("PK");
        page.onceDialog(dialog -> dialog.accept());
        click(page, AriaRole.BUTTON, "删除 v1.0");
        assertThat(page.getByText("还没有标签")).isVisible();
    }

    @Test
    void aFileIsFoundByKeyAndBlamed() {
        var page = browser.logIn(user);
        page.navigate("/" + repository.fullPath());
        page.keyboard().press("t");
        page.getByLabel("Type a part of the path").fill("nothing-like-it");
        assertThat(page.getByText("No file has such a path.")).isVisible();
        page.getByLabel("Type a part of the path").fill("MAIN");
        click(page, AriaRole.LINK, "app/Main.java");
        click(page, AriaRole.LINK, "Blame");
        assertThat(page.locator(".blame .origin a").first()).hasText("Begin");
        assertThat(page.locator(".blame tr td:last-child").nth(1)).hasText("  int one = 1;");
        Browser.assertAccessible(page);
    }

    @Test
    void strangersSeeNoFormsAndAreRefused() {
        var page = browser.logIn(server.newUser("stranger").name());
        open(page, "branches");
        assertThat(page.locator(".rows li").first()).isVisible();
        assertThat(page.locator("main form[method=post]")).hasCount(0);
        for (var place : List.of("branches", "tags")) {
            var form = FormData.create().set("name", "mine").set("from", "master");
            var answer = page.request()
                    .post(
                            "/" + repository.fullPath() + "/-/" + place,
                            RequestOptions.create().setForm(form));
            assertThat(answer.status()).isEqualTo(403);
            var deletion = page.request()
                    .post(
                            "/" + repository.fullPath() + "/-/" + place + "/delete",
                            RequestOptions.create().setForm(FormData.create().set("name", "master")));
            assertThat(deletion.status()).isEqualTo(403);
        }
    }

    @Test
    void everythingFitsASmallScreen() {
        var page = browser.logIn(user);
        page.setViewportSize(360, 740);
        for (var place :
                List.of("branches", "tags", "compare?to=master", "find_file/master", "blame/master/app/Main.java")) {
            open(page, place);
            Browser.assertFits(page);
        }
    }
}
