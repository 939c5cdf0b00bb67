package dev.granary.ui.settings;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.granary.ui.settings.SettingsPageFixture.post;
import static dev.granary.ui.settings.SettingsPageFixture.press;
import static dev.granary.ui.settings.SettingsPageFixture.settings;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import dev.granary.repositories.HostedRepository;
import dev.granary.testing.Browser;
import dev.granary.testing.Git;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.Receiver;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** General settings, members and webhooks of a repository on the page. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ResourceLock(Browser.LOCK)
class WebhookPageTest {
    private static final String EVIL = "<img src=x onerror=\"document.title='hacked'\">";

    private final SettingsPageFixture fixture = SettingsPageFixture.shared();
    private final Receiver receiver = new Receiver();
    private Browser browser;
    private HostedRepository repository;

    @BeforeAll
    void prepare() {
        browser = new Browser(fixture.server);
        repository = fixture.repository("hooked");
    }

    @AfterAll
    void end() {
        browser.close();
        receiver.close();
    }

    private static void follow(Page page, String name) {
        page.getByRole(AriaRole.LINK, new GetByRoleOptions().setName(name).setExact(true))
                .first()
                .click();
    }

    @Test
    void aWebhookIsMadeToldOfAPushAndItsDeliveriesAreSentAgain(@TempDir Path folder) {
        receiver.on("/ci", exchange -> {
            exchange.sendResponseHeaders(500, 0);
            exchange.getResponseBody().write("<script>document.title='hacked'</script>".getBytes());
        });
        var page = browser.logIn(fixture.owner.name());
        page.navigate("/" + repository.fullPath());
        follow(page, "Settings");
        follow(page, "Webhooks");
        assertThat(page.locator(".blank")).containsText("No webhook yet");
        follow(page, "New webhook");
        page.getByLabel("URL").fill("http://10.1.2.3/ci");
        page.getByLabel("Name (optional)").fill(EVIL);
        page.getByLabel("Secret token").fill("s3cret-token");
        page.getByLabel("Tags", new Page.GetByLabelOptions().setExact(true)).check();
        Browser.assertAccessible(page);
        press(page, "Create the webhook");
        assertThat(page.getByRole(AriaRole.ALERT)).isVisible();
        assertThat(page.getByLabel("Name (optional)")).hasValue(EVIL);
        page.getByLabel("URL").fill(receiver.url("/ci"));
        page.getByLabel("Secret token").fill("s3cret-token");
        press(page, "Create the webhook");
        assertThat(page.getByRole(AriaRole.STATUS)).hasText("The webhook is made.");
        Browser.assertAccessible(page);

        var git = Git.in(folder);
        git.ok("clone", "-q", fixture.cloneUrl(repository, fixture.owner), "work");
        var work = git.at(folder.resolve("work"));
        work.commitFile("b.txt", "b\n", "Change");
        work.ok("push", "-q", "origin", "HEAD:master");

        follow(page, EVIL);
        assertThat(page.getByLabel("Secret token")).hasValue("******");
        follow(page, "Deliveries");
        var address = page.url();
        var given = page.getByRole(AriaRole.HEADING, new GetByRoleOptions().setName("1 delivery was given up"));
        for (var tries = 0; tries < 40 && !given.isVisible(); tries++) {
            page.waitForTimeout(250);
            page.navigate(address);
        }
        assertThat(given).isVisible();
        Browser.assertAccessible(page);
        Browser.picture(page, "webhook-log");
        page.locator("tbody a").first().click();
        assertThat(page.locator("main")).containsText("X-Repo-Token: ******");
        assertThat(page.locator("main")).not().containsText("s3cret-token");
        assertThat(page.locator("main")).containsText("<script>document.title='hacked'</script>");
        assertThat(page.locator("main")).containsText("\"object_kind\" : \"push\"");
        Browser.assertAccessible(page);
        Browser.picture(page, "webhook-delivery");

        receiver.on("/ci", Receiver.status(204));
        follow(page, "Deliveries");
        press(page, "Deliver all again");
        assertThat(page.getByRole(AriaRole.STATUS)).hasText("It is being delivered again.");
        var arrived = page.locator(".tag.good", new Page.LocatorOptions().setHasText("204"));
        for (var tries = 0; tries < 40 && !arrived.first().isVisible(); tries++) {
            page.waitForTimeout(250);
            page.navigate(address);
        }
        assertThat(arrived).hasCount(1);
        assertThat(given).hasCount(0);
        page.locator("tbody a").first().click();
        press(page, "Deliver again");
        press(page, "Test");
        assertThat(page.getByRole(AriaRole.STATUS)).hasText("The test arrived.");
        assertThat(receiver.calls("/ci"))
                .last()
                .satisfies(call -> assertThat(call.header("X-repo-token")).isEqualTo("s3cret-token"));

        page.navigate(address + "?outcome=failed&after=2024-01-01");
        assertThat(page.locator(".tag.good", new Page.LocatorOptions().setHasText("204")))
                .hasCount(0);
        assertThat(page.locator(".tag.bad", new Page.LocatorOptions().setHasText("500"))
                        .first())
                .isVisible();
        follow(page, "Webhook");
        page.onDialog(Dialog::accept);
        press(page, "Delete the webhook");
        assertThat(page.getByRole(AriaRole.STATUS)).hasText("The webhook is deleted.");
        assertThat(page).hasTitle("Webhooks · Settings · " + repository.fullPath() + " · Granary");
    }

    @Test
    void aRepositoryIsDescribedRenamedAndLocked() {
        var mine = fixture.repository("general");
        var page = browser.logIn("zh-CN", fixture.owner.name(), GranaryServer.PASSWORD);
        page.navigate(settings(mine, "general"));
        page.getByLabel("名称").fill("../x");
        page.getByLabel("描述").fill(EVIL);
        press(page, "保存");
        assertThat(page.getByRole(AriaRole.ALERT)).isVisible();
        Browser.assertAccessible(page);
        page.getByLabel("名称").fill(mine.name() + "-new");
        page.getByLabel("公开").check();
        press(page, "保存");
        assertThat(page.getByRole(AriaRole.STATUS)).hasText("已保存。");
        assertThat(page.url()).endsWith(settings(mine, "general").replace(mine.name(), mine.name() + "-new"));
        assertThat(page.getByLabel("描述")).hasValue(EVIL);
        assertThat(page.locator(".place .tag").first()).hasText("公开");
        Browser.picture(page, "settings-zh");
        page.getByLabel("分支", new Page.GetByLabelOptions().setExact(true)).fill("nowhere");
        page.locator("form[action$=default-branch] button").click();
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("nowhere");
        press(page, "锁定代码仓");
        assertThat(page.locator(".place .tag.warning")).hasText("已锁定");
        press(page, "解除锁定");
        assertThat(page.locator(".place .tag.warning")).hasCount(0);
        page.navigate("/" + mine.fullPath());
        assertThat(page.locator(".place")).containsText(mine.name() + "-new");
    }

    @Test
    void aMemberGetsARoleHereAndTheWeakSeeNoSettings() {
        var page = browser.logIn(fixture.owner.name());
        page.navigate(settings(repository, "members"));
        page.onDialog(Dialog::accept);
        page.getByLabel("User", new Page.GetByLabelOptions().setExact(true)).fill("nobody-at-all");
        press(page, "Add a member");
        assertThat(page.getByRole(AriaRole.ALERT)).isVisible();
        page.getByLabel("User", new Page.GetByLabelOptions().setExact(true)).fill(fixture.viewer.name());
        assertThat(page.locator("#candidates option").first()).hasAttribute("value", fixture.viewer.name());
        page.locator("form.card select[name=role]").first().selectOption("Developer");
        press(page, "Add a member");
        assertThat(page.getByRole(AriaRole.STATUS)).hasText("Saved.");
        var row = page.locator("tr", new Page.LocatorOptions().setHasText(fixture.viewer.name()));
        assertThat(row).containsText("This repository · Developer");
        assertThat(row).containsText("Project · Viewer");
        Browser.assertAccessible(page);
        Browser.picture(page, "members");
        row.getByLabel("Role of " + fixture.viewer.name()).selectOption("Committer");
        row.getByText("Change").click();
        assertThat(row).containsText("This repository · Committer");
        row.getByText("Remove").click();
        assertThat(row).not().containsText("This repository");

        var weak = browser.logIn(fixture.developer.name());
        weak.navigate("/" + repository.fullPath());
        assertThat(weak.getByRole(AriaRole.LINK, new GetByRoleOptions().setName("Settings")))
                .hasCount(0);
        assertThat(weak.navigate(settings(repository, "general")).status()).isEqualTo(403);
        assertThat(weak.navigate(settings(repository, "hooks")).status()).isEqualTo(403);
        assertThat(weak.navigate("/" + repository.fullPath() + "/-/settings").status())
                .isEqualTo(403);
        weak.navigate(settings(repository, "members"));
        assertThat(weak.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Add a member")))
                .hasCount(0);
        var forms = Map.of(
                "general",
                Map.of("name", "mine", "visibility", "20"),
                "default-branch",
                Map.of("branch", "master"),
                "lock",
                Map.of("locked", "true"),
                "members",
                Map.of("name", fixture.developer.name(), "role", "3"),
                "members/" + fixture.viewer.uuid() + "/role",
                Map.of("role", "3"),
                "members/groups",
                Map.of("group", "x", "role", "3"),
                "hooks",
                Map.of("url", receiver.url("/evil")));
        forms.forEach((path, fields) -> assertThat(post(weak, settings(repository, path), fields))
                .as(path)
                .isEqualTo(403));
        var stranger = browser.logIn(fixture.server.newUser("stranger").name());
        forms.forEach((path, fields) -> assertThat(post(stranger, settings(repository, path), fields))
                .as(path)
                .isEqualTo(404));
    }

    @Test
    void everythingFitsASmallScreen() {
        var page = browser.visitSmall("en");
        page.navigate("/-/login");
        page.locator("main input[name=name]").fill(fixture.owner.name());
        page.locator("main input[name=password]").fill(GranaryServer.PASSWORD);
        page.locator("main button.primary").click();
        for (var area : new String[] {"general", "members", "hooks", "hooks/new"}) {
            page.navigate(settings(repository, area));
            Browser.assertFits(page);
        }
    }
}
