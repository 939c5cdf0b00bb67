package dev.granary.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FormData;
import com.microsoft.playwright.options.RequestOptions;
import dev.granary.projects.ProjectService;
import dev.granary.repositories.RepositoryService;
import dev.granary.testing.Browser;
import dev.granary.testing.Git;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.Scopes;
import dev.granary.testing.TestDatabase;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** What people find on the front page once they have logged in, and what administrators find. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ResourceLock(Browser.LOCK)
class HomePageTest {
    private static final String HOSTILE = "<img src=x onerror=\"document.title='hacked'\">";

    private final GranaryServer server = GranaryServer.shared(TestDatabase.SQLITE);
    private Browser browser;

    @BeforeAll
    void prepare() {
        browser = new Browser(server);
    }

    @AfterAll
    void end() {
        browser.close();
    }

    @Test
    void theFrontPageShowsWhatWaits(@TempDir Path folder) {
        var account = server.newUser("worker");
        var user = account.name();
        var caller = server.caller(user);
        var project = server.bean(ProjectService.class).create(caller, GranaryServer.unique("desk"), "", null);
        var page = browser.logIn(user);
        assertThat(page.locator("main")).containsText("You are a member of no repository yet.");
        assertThat(page.locator("aside")).containsText("Nothing waits for you.");
        assertThat(page.locator("aside")).containsText("You have not pushed anything yet.");
        Browser.assertAccessible(page);

        var repository = server.bean(RepositoryService.class).create(caller, project, "app", HOSTILE, 0);
        var git = Git.in(folder);
        git.ok("init", "-q", "-b", "main");
        git.commitFile("a.txt", "a\n", "First");
        var url = server.url().replace("//", "//" + user + ":" + GranaryServer.PASSWORD.replace(" ", "%20") + "@") + "/"
                + repository.fullPath() + ".git";
        git.ok("push", "-q", url, "main");
        git.ok("switch", "-q", "-c", "next");
        git.commitFile("b.txt", "b\n", HOSTILE);
        git.ok("push", "-q", url, "next");
        var made = server.http(user, GranaryServer.PASSWORD)
                .post(
                        "/v4/repositories/" + repository.id() + "/merge-requests",
                        Map.of(
                                "title",
                                HOSTILE,
                                "source_branch",
                                "next",
                                "target_branch",
                                "main",
                                "assignee_ids",
                                Long.toString(account.id())));
        assertThat(made.status()).as("%s", made).isBetween(200, 201);
        server.bean(TransactionTemplate.class)
                .executeWithoutResult(_ -> server.bean(JdbcClient.class)
                        .sql("""
                            INSERT INTO mirror (repository_id, direction, url, status, last_update_at, created_at,
                              late_since)
                            VALUES (:id, 'push', 'https://example.com/a.git', 'failed', :now, :now, :now)
                            """)
                        .param("id", repository.id())
                        .param("now", System.currentTimeMillis())
                        .update());

        page.reload();
        assertThat(page.locator("section .rows .name")).hasCount(1);
        assertThat(page.locator("aside")).containsText("Late mirrors");
        assertThat(page.locator("aside")).containsText("Is followed by another server");
        assertThat(page.locator("aside a", new Page.LocatorOptions().setHasText(HOSTILE)))
                .hasCount(2);
        assertThat(page.locator("aside")).containsText(repository.fullPath() + " !1");
        assertThat(page.locator("aside")).containsText("1 commit");
        Browser.assertAccessible(page);
        Browser.picture(page, "home");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("All").setExact(true))
                .click();
        assertThat(page.locator(".tabs [aria-current]")).hasText("All");

        // Others see nothing of it.
        var other = browser.logIn(server.newUser("other").name());
        assertThat(other.locator("aside")).containsText("You have not pushed anything yet.");
        assertThat(other.locator("main")).not().containsText(repository.fullPath());
        assertThat(other.locator("aside")).not().containsText("Late mirrors");
        var small = browser.visitSmall("zh-CN");
        small.navigate("/");
        Browser.assertFits(small);
        assertThat(small.locator("aside h2")).hasText("登录");
        assertThat(server.asNobody().get("/-/pushes").status()).isEqualTo(302);
    }

    @Test
    void administratorsLookAfterUsers() {
        Scopes.create(server, server.admin());
        var page = browser.logIn("en", "admin", GranaryServer.ADMIN_PASSWORD);
        page.onDialog(dialog -> dialog.accept());
        page.navigate("/-/admin");
        var name = GranaryServer.unique("made");
        page.getByText("New user").click();
        page.getByLabel("User name").fill(name);
        page.locator("main form.apart input[type=password]").fill("short");
        page.locator("main form.apart input[type=password]").evaluate("field => field.removeAttribute('minlength')");
        button(page, "Create user").click();
        assertThat(page.getByRole(AriaRole.ALERT)).isVisible();
        assertThat(page.getByLabel("User name")).hasValue(name);
        page.locator("main form.apart input[type=password]").fill(GranaryServer.PASSWORD);
        button(page, "Create user").click();
        assertThat(page.getByRole(AriaRole.STATUS)).hasText("Saved.");
        page.navigate("/-/admin/users?search=" + name);
        Browser.assertAccessible(page);
        Browser.picture(page, "users");
        var theirs = browser.logIn(name);
        change(page, name, "Disable");
        theirs.navigate("/-/profile");
        assertThat(theirs).hasTitle("Log in · Granary");
        change(page, name, "Enable");
        change(page, name, "Make administrator");
        page.navigate("/-/admin/users?search=" + name);
        assertThat(page.locator(".rows")).containsText("Administrator");
        change(page, name, "Take administration away");
        page.navigate("/-/admin/users?search=" + name);
        page.locator(".rows summary").click();
        page.locator(".rows input[type=password]").fill("a third password");
        button(page, "Set password").click();
        assertThat(page.getByRole(AriaRole.STATUS)).hasText("Saved.");
        theirs = browser.logIn("zh-CN", name, "a third password");

        for (var area : new String[] {"users", "health", "storage"}) {
            page.navigate("/-/admin/" + area);
            Browser.assertAccessible(page);
            assertThat(page.locator(".rows > li").first()).isVisible();
            assertThat(theirs.navigate("/-/admin/" + area).status()).as(area).isEqualTo(403);
            assertThat(server.asNobody().get("/-/admin/" + area).status()).isEqualTo(302);
        }
        assertThat(theirs.locator(".top a[href='/-/admin']")).hasCount(0);
        var form = FormData.create().set("administrator", "true");
        var own =
                server.bean(dev.granary.identity.UserService.class).byName(name).orElseThrow();
        assertThat(theirs.request()
                        .post(
                                server.url() + "/-/admin/users/" + own.uuid(),
                                RequestOptions.create().setForm(form))
                        .status())
                .isEqualTo(403);
        assertThat(server.caller(name).administrator()).isFalse();
    }

    private static Locator button(Page page, String name) {
        return page.locator("main").getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name));
    }

    private static void change(Page page, String name, String what) {
        page.navigate("/-/admin/users?search=" + name);
        page.locator(".rows summary").click();
        button(page, what).click();
        assertThat(page.getByRole(AriaRole.STATUS)).hasText("Saved.");
    }
}
