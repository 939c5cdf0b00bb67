package dev.granary.ui.settings;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.granary.ui.settings.SettingsPageFixture.post;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import dev.granary.testing.Browser;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.Groups;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The credentials for other servers that a project keeps. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ResourceLock(Browser.LOCK)
class EndpointsPageTest {
    private static final String EVIL = "<img src=x onerror=\"document.title='hacked'\">";
    private static final String SECRET = "a secret that nobody sees";

    private final SettingsPageFixture fixture = SettingsPageFixture.shared();
    private final String address = "/" + fixture.project.path() + "/-/endpoints";
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
    void aManagerStoresReplacesAndRemovesCredentials() {
        var name = GranaryServer.unique("store") + " " + EVIL;
        var page = browser.logIn("zh-CN", fixture.owner.name(), GranaryServer.PASSWORD);
        page.onDialog(Dialog::accept);
        page.navigate("/" + fixture.project.path());
        page.getByRole(AriaRole.LINK, new GetByRoleOptions().setName("已保存的凭据")).click();
        var form = page.locator("form.card");
        form.locator("[name=name]").fill(name);
        form.locator("[name=url]").fill("https://10.0.0.1/group");
        form.locator("[name=username]").fill("robot");
        form.locator("[name=password]").fill(SECRET);
        form.locator("button").click();
        assertThat(page.getByRole(AriaRole.ALERT)).isVisible();
        assertThat(form.locator("[name=name]")).hasValue(name);
        assertThat(form.locator("[name=username]")).hasValue("robot");
        assertThat(form.locator("[name=password]")).hasValue("");
        form.locator("[name=url]").fill(fixture.server.url() + "/" + fixture.project.path());
        form.locator("[name=password]").fill(SECRET);
        form.locator("button").click();
        assertThat(page.getByRole(AriaRole.STATUS)).hasText("凭据已保存。");
        var row = page.locator(".rows > li").filter(new Locator.FilterOptions().setHasText(name));
        assertThat(row.locator(".tag")).hasText("密码或令牌");
        assertThat(page.content()).doesNotContain(SECRET);
        Browser.assertAccessible(page);
        Browser.picture(page, "endpoints");

        row.locator("summary").click();
        row.locator("[name=privateKey]").fill("not a key");
        row.locator("details button").click();
        assertThat(page.getByRole(AriaRole.ALERT)).isVisible();
        row.locator("[name=password]").fill("another " + SECRET);
        row.locator("details button").click();
        assertThat(page.getByRole(AriaRole.STATUS)).hasText("凭据已更换，镜像从下次运行起使用新凭据。");

        var small = browser.visitSmall("en");
        SettingsPageFixture.logIn(small, fixture.owner);
        small.navigate(address);
        small.locator(".rows summary").first().click();
        Browser.assertFits(small);

        row.locator("button.danger").click();
        assertThat(page.getByRole(AriaRole.STATUS)).hasText("凭据已移除。");
        assertThat(row).hasCount(0);
    }

    @Test
    void othersNeitherSeeNorChangeThem() {
        var weak = browser.logIn(fixture.developer.name());
        weak.navigate("/" + fixture.project.path());
        assertThat(weak.getByRole(AriaRole.LINK, new GetByRoleOptions().setName("Stored credentials")))
                .hasCount(0);
        var stranger = browser.logIn(fixture.server.newUser("stranger").name());
        var fields = Map.of("name", "x", "url", "https://example.com", "password", "p");
        assertThat(weak.navigate(address).status()).isEqualTo(403);
        assertThat(post(weak, address, fields)).isEqualTo(403);
        assertThat(stranger.navigate(address).status()).isEqualTo(404);
        assertThat(post(stranger, address, fields)).isEqualTo(404);
        var group = Groups.create(fixture.as(fixture.owner), fixture.project.uuid(), null);
        var owner = browser.logIn(fixture.owner.name());
        assertThat(owner.navigate("/-/places/group/" + group.id() + "/endpoints")
                        .status())
                .as("groups have none of their own")
                .isEqualTo(404);
    }
}
