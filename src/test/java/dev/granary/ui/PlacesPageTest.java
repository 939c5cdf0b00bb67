package dev.granary.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import dev.granary.kernel.Caller;
import dev.granary.projects.Project;
import dev.granary.projects.ProjectService;
import dev.granary.testing.Browser;
import dev.granary.testing.Git;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.Groups;
import dev.granary.testing.TestDatabase;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Projects and groups on the page, and creating them and repositories. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ResourceLock(Browser.LOCK)
class PlacesPageTest {
    private static final String HOSTILE = "<img src=x onerror=\"document.title='hacked'\">";

    /** It may import from itself. */
    private final GranaryServer server = GranaryServer.start(
            TestDatabase.SQLITE, "--granary.outbound-allow=127.0.0.0/8", "--granary.jobs.poll=100ms");

    private Browser browser;
    private String user;
    private Caller caller;

    @BeforeAll
    void prepare() {
        browser = new Browser(server);
        user = server.newUser("builder").name();
        caller = server.caller(user);
    }

    @AfterAll
    void end() {
        try {
            browser.close();
        } finally {
            server.close();
        }
    }

    private Project project(String name) {
        return server.bean(ProjectService.class).create(caller, GranaryServer.unique(name), "", null);
    }

    private static void open(Page page, String entry) {
        page.locator(".top summary[title]").nth(1).click();
        page.locator(".top").getByRole(AriaRole.LINK, link(entry)).click();
    }

    private static com.microsoft.playwright.Locator.GetByRoleOptions link(String name) {
        return new com.microsoft.playwright.Locator.GetByRoleOptions()
                .setName(name)
                .setExact(true);
    }

    private static void press(Page page, String button) {
        page.locator("main")
                .getByRole(AriaRole.BUTTON, new com.microsoft.playwright.Locator.GetByRoleOptions().setName(button))
                .click();
    }

    @Test
    void aProjectAGroupAndARepositoryAreCreatedAndPushedTo(@TempDir Path folder) {
        var page = browser.logIn(user);
        var name = GranaryServer.unique("Bridge");
        open(page, "New project");
        Browser.assertAccessible(page);
        page.getByLabel("Name").fill(name + " " + HOSTILE);
        page.getByLabel("Description (optional)").fill(HOSTILE);
        press(page, "Create project");
        assertThat(page.locator("h1")).hasText(name + " " + HOSTILE);
        assertThat(page.locator("main")).containsText("There is nothing in here yet.");
        Browser.assertAccessible(page);

        page.getByRole(AriaRole.LINK, new GetByRoleOptions().setName("New group"))
                .click();
        page.getByLabel("Name").fill("bad name");
        press(page, "Create group");
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("name");
        assertThat(page.getByLabel("Name")).hasValue("bad name");
        page.getByLabel("Name").fill("tools");
        Browser.assertAccessible(page);
        press(page, "Create group");
        assertThat(page.locator("h1")).hasText("tools");

        page.getByRole(AriaRole.LINK, new GetByRoleOptions().setName("New repository"))
                .click();
        page.getByLabel("Name").fill("crane");
        page.getByLabel("Description (optional)").fill(HOSTILE);
        page.getByLabel(".gitignore").selectOption("java");
        page.getByLabel("Licence").selectOption("mit");
        Browser.assertAccessible(page);
        Browser.picture(page, "new-repository");
        press(page, "Create repository");
        assertThat(page).hasTitle(Pattern.compile("Files · .*/tools/crane · Granary"));
        assertThat(page.locator("tr[data-name='.gitignore'] .title a")).isVisible();
        var address = page.url();

        var git = Git.in(folder);
        var url = address.replace("//", "//" + user + ":" + GranaryServer.PASSWORD.replace(" ", "%20") + "@") + ".git";
        git.ok("clone", "-q", url, ".");
        git.commitFile("pushed.txt", "pushed\n", "Push <b>this</b>");
        git.ok("push", "-q", "origin", "HEAD");
        page.reload();
        assertThat(page.locator("tr[data-name='pushed.txt'] .title")).hasText("Push <b>this</b>");

        page.navigate(address.substring(0, address.lastIndexOf('/')));
        assertThat(page.locator(".rows .name")).hasText("crane");
        assertThat(page.locator(".rows")).containsText(HOSTILE);
        Browser.picture(page, "group");
        page.locator(".place .path a").first().click();
        assertThat(page.locator(".rows")).containsText("1 repository");
        page.getByRole(AriaRole.SEARCHBOX, new GetByRoleOptions().setName("Find by name"))
                .fill("nothing like it");
        page.keyboard().press("Enter");
        assertThat(page.locator("main")).containsText("Nothing in here is called “nothing like it”.");
    }

    @Test
    void aRepositoryIsImportedWithItsProgressShown() {
        var project = project("Imports");
        var page = browser.logIn("zh-CN", user, GranaryServer.PASSWORD);
        open(page, "新建代码仓");
        page.getByLabel("所属项目或代码组").or(page.getByLabel("项目或代码组")).first().selectOption(project.path());
        page.getByLabel("名称").fill("source");
        press(page, "创建代码仓");
        assertThat(page).hasTitle(Pattern.compile("文件 · .*"));
        var source = page.url() + ".git";

        open(page, "导入代码仓");
        page.getByLabel("Git 地址").fill("file:///etc/passwd");
        page.getByLabel("项目或代码组").first().selectOption(project.path());
        page.getByLabel("名称").fill("copy");
        Browser.assertAccessible(page);
        press(page, "开始导入");
        assertThat(page.getByRole(AriaRole.ALERT)).isVisible();
        page.getByLabel("Git 地址").fill(source);
        page.getByLabel("用户名").fill(user);
        page.getByLabel("密码或令牌").fill("wrong password");
        press(page, "开始导入");
        assertThat(page).hasURL(Pattern.compile(".*/copy/-/import"));
        assertThat(page.getByRole(AriaRole.ALERT)).isVisible();
        Browser.assertAccessible(page);
        Browser.picture(page, "import-failed");
        page.navigate("/" + project.path() + "/copy/-/tree/master");
        assertThat(page).hasURL(Pattern.compile(".*/copy/-/import"));
        page.getByLabel("用户名").fill(user);
        page.getByLabel("密码或令牌").fill(GranaryServer.PASSWORD);
        press(page, "重试");
        assertThat(page).hasTitle("文件 · " + project.path() + "/copy · Granary");
        assertThat(page.locator("tr[data-name='README.md']")).isVisible();
    }

    @Test
    void strangersSeeNeitherProjectsNorGroupsAndReadersCreateNothing() {
        var project = project("Hidden");
        var groups = server.http(user, GranaryServer.PASSWORD);
        var group = Groups.create(groups, project.uuid(), null);
        var stranger = browser.logIn(server.newUser("stranger").name());
        var hidden = stranger.navigate("/" + project.path());
        var text = stranger.locator("main").textContent();
        assertThat(hidden.status()).isEqualTo(404);
        assertThat(stranger.navigate("/nobody-knows").status()).isEqualTo(404);
        assertThat(stranger.locator("main")).hasText(text);
        assertThat(stranger.navigate("/-/places/group/" + group.id()).status()).isEqualTo(404);
        var refused = stranger.request()
                .post(
                        server.url() + "/-/new",
                        com.microsoft.playwright.options.RequestOptions.create()
                                .setForm(com.microsoft.playwright.options.FormData.create()
                                        .set("in", project.path())
                                        .set("name", "mine")));
        assertThat(refused.status()).isEqualTo(404);
        stranger.navigate("/-/new");
        assertThat(stranger.locator("main")).containsText("There is no project in which you may create something.");

        var nobody = browser.visit("en");
        nobody.navigate("/" + project.path());
        assertThat(nobody).hasTitle("Log in · Granary");
        nobody.navigate("/-/new");
        assertThat(nobody).hasTitle("Log in · Granary");
    }

    @Test
    void membersAreAddedAndChangedAndPlacesRenamedAndDeleted() {
        var project = project("Crew");
        var mate = server.newUser("mate").name();
        var page = browser.logIn(user);
        page.onDialog(dialog -> dialog.accept());
        page.navigate("/" + project.path());
        page.getByRole(AriaRole.LINK, new GetByRoleOptions().setName("Members")).click();
        page.getByLabel("User name").fill("nobody-of-this-name");
        press(page, "Add member");
        assertThat(page.getByRole(AriaRole.ALERT)).isVisible();
        page.getByLabel("User name").fill(mate);
        page.getByLabel("Role", new Page.GetByLabelOptions().setExact(true))
                .first()
                .selectOption("Viewer");
        press(page, "Add member");
        var row = page.locator(".rows > li", new Page.LocatorOptions().setHasText(mate));
        assertThat(row.locator(".tag")).hasText("Viewer");
        Browser.assertAccessible(page);

        var weak = browser.logIn(mate);
        weak.navigate("/" + project.path() + "/-/members");
        assertThat(weak.locator("main")).containsText(user);
        assertThat(weak.locator("main form, .tabs a[href$=settings]")).hasCount(0);
        assertThat(weak.navigate("/" + project.path() + "/-/settings").status()).isEqualTo(403);
        for (var path : new String[] {"/-/members", "/-/settings", "/-/settings/delete"}) {
            var answer = weak.request()
                    .post(
                            server.url() + "/" + project.path() + path,
                            com.microsoft.playwright.options.RequestOptions.create()
                                    .setForm(com.microsoft.playwright.options.FormData.create()
                                            .set("name", mate)
                                            .set("role", "3")));
            assertThat(answer.status()).as(path).isEqualTo(403);
        }

        row.getByLabel("Role of " + mate).selectOption("Developer");
        row.getByText("Change role").click();
        assertThat(row.locator(".tag")).hasText("Developer");
        Groups.create(server.http(user, GranaryServer.PASSWORD), project.uuid(), null);
        page.navigate("/" + project.path());
        page.locator(".rows .name").click();
        page.getByRole(AriaRole.LINK, new GetByRoleOptions().setName("Members")).click();
        row.getByText(mate).waitFor();
        assertThat(row).containsText("from above");
        page.getByLabel("User name").fill(mate);
        press(page, "Add member");
        assertThat(row.getByLabel("Remove " + mate)).isVisible();
        row.getByLabel("Remove " + mate).click();
        assertThat(row).containsText("from above");

        page.getByRole(AriaRole.LINK, new GetByRoleOptions().setName("Settings"))
                .click();
        page.getByLabel("Name").fill("renamed");
        Browser.assertAccessible(page);
        press(page, "Save");
        assertThat(page).hasURL(server.url() + "/" + project.path() + "/renamed/-/settings");
        page.navigate("/" + project.path() + "/-/settings");
        press(page, "Delete Crew");
        assertThat(page.getByRole(AriaRole.ALERT)).isVisible();
        page.navigate("/" + project.path() + "/renamed/-/settings");
        press(page, "Delete renamed");
        assertThat(page.getByRole(AriaRole.STATUS)).hasText("It was deleted.");
    }

    @Test
    void everythingFitsASmallScreen() {
        var project = project("Small");
        var page = browser.visitSmall("en");
        page.navigate("/-/login?next=/-/new");
        page.locator("main input[name=name]").fill(user);
        page.locator("main input[name=password]").fill(GranaryServer.PASSWORD);
        page.locator("main button.primary").click();
        assertThat(page.locator("h1")).hasText("New repository");
        Browser.assertFits(page);
        for (var path : new String[] {
            "/-/new?from=import",
            "/-/projects",
            "/" + project.path(),
            "/-/groups/new",
            "/" + project.path() + "/-/members",
            "/" + project.path() + "/-/settings"
        }) {
            page.navigate(path);
            Browser.assertFits(page);
        }
    }
}
