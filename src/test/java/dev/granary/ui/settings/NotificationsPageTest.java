package dev.granary.ui.settings;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.granary.ui.settings.SettingsPageFixture.post;
import static dev.granary.ui.settings.SettingsPageFixture.press;
import static dev.granary.ui.settings.SettingsPageFixture.settings;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import dev.granary.repositories.HostedRepository;
import dev.granary.testing.Browser;
import dev.granary.testing.GranaryServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.ResourceLock;
import tools.jackson.databind.JsonNode;

/** Who is to be notified of what, on the page. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ResourceLock(Browser.LOCK)
class NotificationsPageTest {
    private static final String EVIL = "<img src=x onerror=\"document.title='hacked'\">";

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

    private static String api(HostedRepository repository, String type) {
        return "/v4/repositories/" + repository.id() + "/notification-subscriptions/subscription?type=" + type;
    }

    private JsonNode event(HostedRepository repository, String resource, String action) {
        return fixture.as(fixture.owner)
                .get(api(repository, "email"))
                .json()
                .get("subscript_events")
                .valueStream()
                .filter(event -> event.get("resource_type").asString().equals(resource)
                        && event.get("action").asString().equals(action))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void anOwnerSaysWhoIsToldOfWhat() {
        var repository = fixture.repository("told");
        var client = fixture.as(fixture.owner);
        var odd = Map.of("resource_type", "repo", "action", "open", "enabled", true, "role_ids", List.of("77"));
        var merged = Map.of("resource_type", "mr", "action", "merge", "enabled", false, "role_ids", List.of("77", "8"));
        assertThat(client.put(api(repository, "email"), Map.of("subscript_events", List.of(odd, merged)))
                        .status())
                .isEqualTo(200);
        var page = browser.logIn(fixture.owner.name());
        page.navigate("/" + repository.fullPath());
        page.getByRole(AriaRole.LINK, new GetByRoleOptions().setName("Notifications"))
                .click();
        page.getByRole(AriaRole.LINK, new GetByRoleOptions().setName("E-mail")).click();
        Browser.assertAccessible(page);
        page.getByLabel("Notify people this way").check();
        page.getByLabel("Merged").check();
        var row = page.locator("li", new Page.LocatorOptions().setHas(page.getByLabel("Merged")));
        assertThat(row.locator("summary")).containsText("1 role");
        row.locator("summary").click();
        row.getByLabel("Author of the request").check();
        row.getByLabel("Viewer", new Locator.GetByLabelOptions().setExact(true)).uncheck();
        row.getByLabel("Committer").check();
        page.getByLabel("Warn when").selectOption("90");
        Browser.assertAccessible(page);
        Browser.picture(page, "notifications");
        press(page, "Save");
        assertThat(page.getByRole(AriaRole.STATUS)).hasText("Saved.");
        assertThat(page.locator(".tabs.within .tag")).hasCount(1);
        var now = event(repository, "mr", "merge");
        assertThat(now.get("enabled").asBoolean()).isTrue();
        assertThat(now.get("role_ids").valueStream().map(JsonNode::asString)).containsExactlyInAnyOrder("12", "77");
        assertThat(now.get("role_names").valueStream().map(JsonNode::asString)).containsExactly("creator");
        assertThat(event(repository, "repo", "open").get("role_ids")).hasSize(1);
        assertThat(client.get(api(repository, "email"))
                        .json()
                        .get("waring_repo_usage_rate")
                        .asInt())
                .isEqualTo(90);
    }

    @Test
    void aChatKeepsItsTokenAndWhatIsWrongIsSaid() {
        var repository = fixture.repository("chatty");
        var page = browser.logIn("zh-CN", fixture.owner.name(), GranaryServer.PASSWORD);
        page.navigate(settings(repository, "notifications?type=feishu"));
        page.getByLabel("启用此通知方式").check();
        page.getByLabel("群机器人地址").fill("ftp://" + EVIL);
        page.getByLabel("需要提醒的用户").fill(EVIL);
        press(page, "保存");
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("webhook_config.url");
        assertThat(page.getByLabel("群机器人地址")).hasValue("ftp://" + EVIL);
        page.getByLabel("群机器人地址").fill("https://chat.example.com/hook");
        page.getByLabel("令牌（可选）").fill("secret-of-chat");
        press(page, "保存");
        assertThat(page.getByLabel("需要提醒的用户")).hasValue(EVIL);
        assertThat(page.locator("main")).containsText("已保存令牌");
        assertThat(page.content()).doesNotContain("secret-of-chat");
        Browser.assertAccessible(page);
        press(page, "保存");
        assertThat(page.getByLabel("删除已保存的令牌")).isVisible();
        page.getByLabel("删除已保存的令牌").check();
        press(page, "保存");
        assertThat(page.getByLabel("删除已保存的令牌")).hasCount(0);

        var weak = browser.logIn(fixture.developer.name());
        weak.navigate("/" + repository.fullPath());
        weak.getByRole(AriaRole.LINK, new GetByRoleOptions().setName("Notifications"))
                .click();
        weak.getByRole(AriaRole.LINK, new GetByRoleOptions().setName("Feishu")).click();
        assertThat(weak.getByLabel("Address of the chat")).hasValue("");
        assertThat(weak.getByLabel("Address of the chat")).isDisabled();
        assertThat(weak.locator("main form button")).hasCount(0);
        Browser.assertAccessible(weak);
        assertThat(post(weak, settings(repository, "notifications?type=email"), Map.of("enabled", "true")))
                .isEqualTo(403);
        assertThat(weak.navigate(settings(repository, "notifications?type=pigeon"))
                        .status())
                .isEqualTo(400);
        var stranger = browser.logIn(fixture.server.newUser("stranger").name());
        assertThat(stranger.navigate(settings(repository, "notifications")).status())
                .isEqualTo(404);
        assertThat(post(stranger, settings(repository, "notifications"), Map.of("enabled", "true")))
                .isEqualTo(404);
        var small = browser.visitSmall("en");
        SettingsPageFixture.logIn(small, fixture.owner);
        small.navigate(settings(repository, "notifications?type=dingding"));
        Browser.assertFits(small);
        small.locator(".whom summary").first().click();
        Browser.assertFits(small);
    }
}
