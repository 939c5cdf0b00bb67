package dev.granary.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.FormData;
import com.microsoft.playwright.options.RequestOptions;
import dev.granary.kernel.Caller;
import dev.granary.projects.ProjectService;
import dev.granary.repositories.HostedRepository;
import dev.granary.repositories.RepositoryService;
import dev.granary.testing.Browser;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Changing files on the page. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ResourceLock(Browser.LOCK)
class EditPagesTest {
    private final GranaryServer server = GranaryServer.shared(TestDatabase.SQLITE);
    private Browser browser;
    private String user;
    private HostedRepository repository;

    @BeforeAll
    void prepare() {
        browser = new Browser(server);
        user = server.newUser("editor").name();
        Caller caller = server.caller(user);
        var project = server.bean(ProjectService.class).create(caller, GranaryServer.unique("pages"), "", "scrum");
        repository = server.bean(RepositoryService.class).create(caller, project, "app", "An app", 20);
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

    private String raw(Page page, String path) {
        return page.request()
                .get("/" + repository.fullPath() + "/-/raw/" + path)
                .text();
    }

    @Test
    void aFileIsMadeChangedAndDeletedInTheBrowser() {
        var page = browser.logIn(user);
        page.navigate("/" + repository.fullPath());
        click(page, AriaRole.LINK, "New file");
        page.getByLabel("Path").fill("docs/a <b>.txt");
        page.getByLabel("Content").fill("\none\n</textarea><script>alert(1)</script>\n");
        Browser.assertAccessible(page);
        Browser.picture(page, "edit");
        click(page, AriaRole.BUTTON, "Commit changes");
        assertThat(page.getByRole(AriaRole.STATUS)).hasText("The change was committed.");
        assertThat(page.locator(".steps b").last()).hasText("a <b>.txt");
        assertThat(raw(page, "master/docs/a%20%3Cb%3E.txt")).isEqualTo("\none\n</textarea><script>alert(1)</script>\n");

        var other = browser.logIn(user);
        open(other, "edit/master/docs/a%20%3Cb%3E.txt");
        page.keyboard().press("e");
        page.getByLabel("Content").fill("\r\ntwo\n");
        click(page, AriaRole.BUTTON, "Commit changes");
        assertThat(page.getByRole(AriaRole.STATUS)).isVisible();
        assertThat(raw(page, "master/docs/a%20%3Cb%3E.txt")).isEqualTo("\ntwo\n");

        assertThat(other.getByLabel("Content")).hasValue("\none\n</textarea><script>alert(1)</script>\n");
        other.getByLabel("Content").fill("three");
        click(other, AriaRole.BUTTON, "Commit changes");
        assertThat(other.getByText("Somebody changed this file since you opened it."))
                .isVisible();
        assertThat(other.getByLabel("Content")).hasValue("three");
        Browser.assertAccessible(other);
        assertThat(raw(page, "master/docs/a%20%3Cb%3E.txt")).isEqualTo("\ntwo\n");

        click(page, AriaRole.LINK, "Delete file");
        click(page, AriaRole.BUTTON, "Delete the file");
        assertThat(page.getByRole(AriaRole.STATUS)).isVisible();
        open(page, "commits/master");
        assertThat(page.locator(".commits a.name").first()).hasText("Delete docs/a <b>.txt");
    }

    @Test
    void anUploadGoesToANewBranchInChinese() {
        var page = browser.logIn(user);
        page.request()
                .post(
                        "/" + repository.fullPath() + "/-/new/master",
                        RequestOptions.create()
                                .setForm(FormData.create()
                                        .set("path", "first.txt")
                                        .set("text", "1")));
        var chinese = browser.logIn("zh-CN", user, GranaryServer.PASSWORD);
        open(chinese, "upload/master");
        chinese.locator("input[type=file]")
                .setInputFiles(new FilePayload("picture.bin", "", new byte[] {0, 1, (byte) 0xff}));
        assertThat(chinese.getByLabel("路径")).hasValue("picture.bin");
        Browser.assertAccessible(chinese);
        chinese.getByLabel("新分支").last().fill("bad..branch");
        click(chinese, AriaRole.BUTTON, "提交更改");
        assertThat(chinese.getByRole(AriaRole.ALERT)).isVisible();
        chinese.locator("input[name=branch]").fill("uploads/one");
        chinese.waitForRequest(
                "**/-/merge_requests/new?source=uploads/one&target=master",
                () -> click(chinese, AriaRole.BUTTON, "提交更改"));
        assertThat(page.request()
                        .get("/" + repository.fullPath() + "/-/raw/uploads/one/picture.bin")
                        .body())
                .containsExactly(0, 1, 0xff);
    }

    @Test
    void whoMayNotCommitSeesNoButtonsAndIsRefused() {
        var page = browser.logIn(server.newUser("stranger").name());
        page.navigate("/" + repository.fullPath());
        assertThat(page.getByRole(AriaRole.LINK, new GetByRoleOptions().setName("New file")))
                .hasCount(0);
        for (var kind : List.of("new", "edit", "delete", "upload")) {
            var address = "/" + repository.fullPath() + "/-/" + kind + "/master/file.txt";
            assertThat(page.request().get(address).status()).isEqualTo(403);
            var form = RequestOptions.create()
                    .setForm(FormData.create().set("path", "file.txt").set("text", "x"));
            var answer = kind.equals("upload")
                    ? page.request()
                            .put(
                                    address + "?path=file.txt",
                                    RequestOptions.create().setData("x".getBytes(StandardCharsets.UTF_8)))
                    : page.request().post(address, form);
            assertThat(answer.status()).as(kind).isEqualTo(403);
        }
    }

    @Test
    void theEditorFitsASmallScreen() {
        var page = browser.logIn(user);
        page.setViewportSize(360, 740);
        for (var place : List.of("new/master", "upload/master")) {
            open(page, place);
            Browser.assertFits(page);
        }
    }
}
