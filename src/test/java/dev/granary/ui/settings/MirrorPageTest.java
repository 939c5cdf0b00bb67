package dev.granary.ui.settings;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.granary.ui.settings.SettingsPageFixture.post;
import static dev.granary.ui.settings.SettingsPageFixture.press;
import static dev.granary.ui.settings.SettingsPageFixture.settings;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import dev.granary.repositories.RepositoryService;
import dev.granary.testing.Browser;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.SshKeyFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Mirrors and deploy keys of a repository on the page. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ResourceLock(Browser.LOCK)
class MirrorPageTest {
    private static final String EVIL = "<img src=x onerror=\"document.title='hacked'\">";
    private static final String KEY = SshKeyFiles.SECURITY_KEY_ED25519;
    private static final int PATIENCE = 60_000;

    private final SettingsPageFixture fixture = SettingsPageFixture.shared();
    private Browser browser;

    @BeforeAll
    void prepare() {
        browser = new Browser(fixture.server);
    }

    @AfterAll
    void end() {
        browser.close();
    }

    @Test
    void aMirrorIsSetUpAndStartedUntilItIsHealthy() {
        var source = fixture.repository("source");
        var copy = fixture.server
                .bean(RepositoryService.class)
                .create(
                        fixture.server.caller(fixture.owner.name()),
                        fixture.project,
                        GranaryServer.unique("copy"),
                        "",
                        0);
        var page = browser.logIn(fixture.owner.name());
        page.onDialog(Dialog::accept);
        page.navigate(settings(copy, "mirror"));
        page.getByLabel("URL").fill("http://10.0.0.1/" + EVIL);
        press(page, "Set up");
        assertThat(page.getByRole(AriaRole.ALERT)).isVisible();
        Browser.assertAccessible(page);
        page.getByLabel("URL").fill(fixture.server.url() + "/" + source.fullPath() + ".git");
        page.getByLabel("User name (optional)").fill(fixture.owner.name());
        page.getByLabel("Password or token (optional)").fill(GranaryServer.PASSWORD);
        press(page, "Set up");
        assertThat(page.locator("#mirror-state")).containsText("It has not succeeded yet.");
        Browser.assertAccessible(page);
        press(page, "Synchronise now");
        var succeeded = page.locator("td .tag.good");
        assertThat(succeeded).hasText("Succeeded", new LocatorAssertions.HasTextOptions().setTimeout(PATIENCE));
        assertThat(page.locator("#mirror-state")).containsText("Healthy");
        assertThat(page.locator("main")).not().containsText(GranaryServer.PASSWORD);
        Browser.assertAccessible(page);
        Browser.picture(page, "mirror");

        page.getByLabel("Run by itself; pushes here are refused").check();
        page.getByLabel("Interval in seconds").fill("3600");
        page.getByLabel("Only these branches and tags").fill("refs/heads/*\nrefs/tags/v*");
        page.locator("form[action$=options] button").click();
        assertThat(page.locator(".place .tag").last()).hasText("Mirror");
        assertThat(page.getByLabel("Interval in seconds")).hasValue("3600");
        page.getByLabel("Interval in seconds").fill("99999999");
        page.locator("form[action$=options]").evaluate("form => form.noValidate = true");
        page.locator("form[action$=options] button").click();
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("interval");

        page.getByLabel("URL").fill(fixture.server.url() + "/nobody/nothing.git");
        page.locator("form[action$=address] button").click();
        assertThat(page.getByRole(AriaRole.STATUS)).hasText("Done.");
        press(page, "Synchronise now");
        assertThat(page.locator("#mirror-state .tag").first())
                .hasText("Failing", new LocatorAssertions.HasTextOptions().setTimeout(PATIENCE));
        assertThat(page.locator("#mirror-state .failure")).isVisible();
        Browser.assertAccessible(page);
        press(page, "Delete the mirror");
        assertThat(page.getByRole(AriaRole.HEADING, new GetByRoleOptions().setName("Set up a mirror")))
                .isVisible();
        page.navigate("/" + copy.fullPath());
        assertThat(page.locator("tr[data-name='a.txt']")).isVisible();
    }

    @Test
    void aRunIsAbortedAndStoredCredentialsAreUsed() throws IOException {
        var source = fixture.repository("stored");
        var endpoint = fixture.as(fixture.owner)
                .post(
                        "/v4/projects/" + fixture.project.uuid() + "/remote-endpoints",
                        Map.of(
                                "name",
                                GranaryServer.unique(EVIL),
                                "url",
                                fixture.server.url(),
                                "username",
                                fixture.owner.name(),
                                "password",
                                GranaryServer.PASSWORD));
        assertThat(endpoint.status()).as(endpoint.toString()).isBetween(200, 201);
        var uuid = endpoint.json().get("endpoint_uuid").asString();
        var copy = fixture.server
                .bean(RepositoryService.class)
                .create(
                        fixture.server.caller(fixture.owner.name()),
                        fixture.project,
                        GranaryServer.unique("copy"),
                        "",
                        0);
        var page = browser.logIn(fixture.owner.name());
        page.onDialog(Dialog::accept);
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            page.navigate(settings(copy, "mirror"));
            page.getByLabel("URL").fill("http://127.0.0.1:" + silent.getLocalPort() + "/x.git");
            press(page, "Set up");
            press(page, "Synchronise now");
            var abort = page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Abort"));
            assertThat(abort).isVisible();
            Browser.assertAccessible(page);
            var address = page.locator("form[action$=abort]").getAttribute("action");
            var weak = browser.logIn(fixture.developer.name());
            assertThat(post(weak, fixture.server.url() + address, Map.of("direction", "fetch")))
                    .isEqualTo(403);
            abort.click();
            assertThat(page.locator("#mirror-state td .tag").first())
                    .hasText("Aborted", new LocatorAssertions.HasTextOptions().setTimeout(PATIENCE));
        }
        page.getByLabel("URL").fill(fixture.server.url() + "/" + source.fullPath() + ".git");
        page.locator("form[action$=address] button").click();
        page.getByLabel("Stored credentials").selectOption(uuid);
        page.locator("form[action$=options] button").click();
        assertThat(page.getByLabel("Stored credentials")).hasValue(uuid);
        assertThat(page.locator("[onerror]")).hasCount(0);
        press(page, "Synchronise now");
        assertThat(page.locator("#mirror-state td .tag").first())
                .hasText("Succeeded", new LocatorAssertions.HasTextOptions().setTimeout(PATIENCE));
        page.getByRole(AriaRole.LINK, new GetByRoleOptions().setName("Manage the stored credentials of the project"))
                .click();
        assertThat(page.locator("h1")).hasText("Stored credentials");
    }

    @Test
    void aDeployKeyIsAddedAndRemoved() {
        var repository = fixture.repository("keyed");
        var page = browser.logIn("zh-CN", fixture.owner.name(), GranaryServer.PASSWORD);
        page.onDialog(Dialog::accept);
        page.navigate(settings(repository, "keys"));
        page.getByLabel("标题").fill(EVIL);
        page.getByLabel("公钥").fill("no key at all");
        press(page, "添加部署密钥");
        assertThat(page.getByRole(AriaRole.ALERT)).isVisible();
        assertThat(page.getByLabel("标题")).hasValue(EVIL);
        page.getByLabel("公钥").fill(KEY);
        page.getByLabel("允许推送").check();
        press(page, "添加部署密钥");
        assertThat(page.getByRole(AriaRole.STATUS)).hasText("部署密钥已添加。");
        assertThat(page.locator(".rows")).containsText(EVIL);
        assertThat(page.locator(".rows")).containsText("可读取和推送");
        Browser.assertAccessible(page);
        page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("移除密钥")).click();
        assertThat(page.locator(".blank")).isVisible();
    }

    @Test
    void theWeakAreRefusedAndSmallScreensSuffice() {
        var repository = fixture.repository("weak");
        var weak = browser.logIn(fixture.developer.name());
        Map.of(
                        "mirror", Map.of("url", "http://127.0.0.1:1/x.git"),
                        "mirror/address", Map.of("url", "http://127.0.0.1:1/x.git"),
                        "mirror/options", Map.of("scheduled", "true"),
                        "mirror/start", Map.of("direction", "fetch"),
                        "mirror/delete", Map.of("direction", "push"),
                        "keys", Map.of("title", "x", "key", KEY))
                .forEach((path, fields) -> assertThat(post(weak, settings(repository, path), fields))
                        .as(path)
                        .isEqualTo(403));
        for (var area : new String[] {"mirror", "mirror/state", "keys"}) {
            assertThat(weak.navigate(settings(repository, area)).status()).isEqualTo(403);
        }
        Page small = browser.visitSmall("en");
        SettingsPageFixture.logIn(small, fixture.owner);
        for (var area : new String[] {"mirror", "mirror?direction=push", "keys"}) {
            small.navigate(settings(repository, area));
            Browser.assertFits(small);
        }
    }
}
