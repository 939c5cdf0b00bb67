package dev.granary.ui.settings;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.granary.ui.settings.SettingsPageFixture.post;
import static dev.granary.ui.settings.SettingsPageFixture.settings;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import dev.granary.testing.Browser;
import dev.granary.testing.GranaryServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What administrators see of the work in the background, and of what the program is made of. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ResourceLock(Browser.LOCK)
class AdministrationPageTest {
    /** The page comes anew every ten seconds. */
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
    void whatWentWrongInTheBackgroundIsListedAndLeadsToItsRepository() {
        var repository = fixture.repository("jobs");
        var owner = browser.logIn(fixture.owner.name());
        assertThat(post(
                        owner,
                        settings(repository, "mirror"),
                        Map.of("url", fixture.server.url() + "/nobody/nothing.git", "direction", "push")))
                .isEqualTo(303);
        assertThat(post(
                        owner,
                        settings(repository, "hooks"),
                        Map.of(
                                "url",
                                "http://127.0.0.1:1025/hook",
                                "name",
                                "n",
                                "events",
                                "push_events",
                                "branches",
                                ".*",
                                "tokenType",
                                "X-Repo-Token")))
                .isEqualTo(303);
        var page = browser.logIn("en", "admin", GranaryServer.ADMIN_PASSWORD);
        page.navigate("/-/admin");
        page.getByRole(AriaRole.LINK, new GetByRoleOptions().setName("Background jobs"))
                .click();
        assertThat(page.locator("section.box")).hasCount(6);
        assertThat(post(owner, settings(repository, "mirror/start"), Map.of("direction", "push")))
                .isEqualTo(303);
        var failed = page.locator("li", new Page.LocatorOptions().setHasText(repository.fullPath()));
        var mirror =
                failed.filter(new Locator.FilterOptions().setHasText("push")).first();
        assertThat(mirror.locator(".tag"))
                .hasText("Failed", new LocatorAssertions.HasTextOptions().setTimeout(PATIENCE));
        assertThat(mirror.locator("p.bad")).not().isEmpty();
        Browser.assertAccessible(page);
        Browser.picture(page, "jobs");
        mirror.getByRole(AriaRole.LINK).click();
        assertThat(page).hasURL(fixture.server.url() + settings(repository, "mirror"));

        fixture.as(fixture.owner)
                .post(
                        "/v2/projects/" + repository.id() + "/repository/commits",
                        Map.of(
                                "branch",
                                "master",
                                "commit_message",
                                "Tell",
                                "actions",
                                List.of(Map.of("action", "create", "file_path", "b.txt", "content", "b\n"))));
        var chinese = browser.logIn("zh-CN", "admin", GranaryServer.ADMIN_PASSWORD);
        chinese.navigate("/-/admin/jobs");
        var hook = chinese.locator("li", new Page.LocatorOptions().setHasText("127.0.0.1:1025 ("))
                .filter(new Locator.FilterOptions().setHasText(repository.fullPath()))
                .filter(new Locator.FilterOptions().setHasText("失败"));
        assertThat(hook.first()).isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(PATIENCE));
        Browser.assertAccessible(chinese);
        hook.first().getByRole(AriaRole.LINK).click();
        assertThat(chinese).hasURL(fixture.server.url() + settings(repository, "hooks"));
    }

    @Test
    void theLicencesOfDependenciesAreListedAsTheBuildHasThem() {
        var page = browser.logIn("en", "admin", GranaryServer.ADMIN_PASSWORD);
        page.navigate("/-/admin/licences");
        assertThat(page.locator("tbody tr")).hasCount(4);
        assertThat(page.locator("tbody tr").first().locator("td").first()).hasText("2.0");
        assertThat(page.locator("tbody tr").first().locator("td div")).hasText(new String[] {"EPL-2.0", "MIT"});
        assertThat(page.getByRole(AriaRole.LINK, new GetByRoleOptions().setName("both:both")))
                .hasAttribute("href", "https://example.org/both");
        assertThat(page.getByRole(AriaRole.LINK, new GetByRoleOptions().setName("Apache-2.0")))
                .hasAttribute("href", "https://spdx.org/licenses/Apache-2.0.html");
        assertThat(page.locator("tbody tr").last()).hasText("silent:silent 4 Not stated");
        assertThat(page.locator("main")).containsText("<script>document.title='hacked'</script>");
        assertThat(page.locator("main [href^=javascript]")).hasCount(0);
        assertThat(page).hasTitle("Licences · Granary");
        Browser.assertAccessible(page);
    }

    @Test
    void onlyAdministratorsSeeThem() {
        var weak = browser.logIn(fixture.owner.name());
        var small = browser.visitSmall("en");
        small.navigate("/-/login");
        small.locator("main input[name=name]").fill("admin");
        small.locator("main input[name=password]").fill(GranaryServer.ADMIN_PASSWORD);
        small.locator("main button.primary").click();
        for (var area : new String[] {"jobs", "licences"}) {
            assertThat(weak.navigate("/-/admin/" + area).status()).as(area).isEqualTo(403);
            assertThat(fixture.server.asNobody().get("/-/admin/" + area).status())
                    .as(area)
                    .isEqualTo(302);
            small.navigate("/-/admin/" + area);
            Browser.assertFits(small);
        }
    }
}
