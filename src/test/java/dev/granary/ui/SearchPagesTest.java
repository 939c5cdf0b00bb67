package dev.granary.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions;
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

/** Searching for code and the numbers of a repository on the page. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ResourceLock(Browser.LOCK)
class SearchPagesTest {
    private static final IsVisibleOptions PATIENTLY = new IsVisibleOptions().setTimeout(40_000);

    private final GranaryServer server = GranaryServer.shared(TestDatabase.SQLITE);
    private Browser browser;
    private String user;
    private HostedRepository repository;

    @BeforeAll
    void prepare() {
        browser = new Browser(server);
        user = server.newUser("searcher").name();
        Caller caller = server.caller(user);
        var project = server.bean(ProjectService.class).create(caller, GranaryServer.unique("pages"), "", "scrum");
        repository = server.bean(RepositoryService.class).create(caller, project, "app", "An app", 0);
        var actions = List.of(
                Map.of(
                        "action",
                        "create",
                        "file_path",
                        "src/Main.java",
                        "content",
                        "class Main {\n  // <b>needleOfPages</b>\n}\n"),
                Map.of("action", "create", "file_path", "run.py", "content", "print('needleofpages')\n"));
        assertThat(server.http(user, GranaryServer.PASSWORD)
                        .post(
                                "/v2/projects/" + repository.id() + "/repository/commits",
                                Map.of("branch", "master", "commit_message", "Begin", "actions", actions))
                        .status())
                .isEqualTo(200);
    }

    @AfterAll
    void end() {
        browser.close();
    }

    private static void searchUntilFound(Page page, String address, int files) {
        for (var tries = 0; tries < 60; tries++) {
            page.navigate(address);
            if (page.locator(".found-lines").count() == files) {
                return;
            }
            page.waitForTimeout(500);
        }
        assertThat(page.locator(".found-lines")).hasCount(files);
    }

    @Test
    void codeIsFoundInARepositoryAndEverywhere() {
        var page = browser.logIn(user);
        searchUntilFound(page, "/" + repository.fullPath() + "/-/search?q=needleOfPages", 2);
        assertThat(page.locator(".found-lines mark").last()).hasText("needleOfPages");
        assertThat(page.locator(".found-lines tr").last()).containsText("// <b>needleOfPages</b>");
        Browser.assertAccessible(page);
        Browser.picture(page, "search");
        page.getByLabel("Match case").check();
        page.getByRole(
                        com.microsoft.playwright.options.AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName("Search").setExact(true))
                .click();
        assertThat(page.locator(".found-lines")).hasCount(1);
        page.locator(".found-lines a").first().click();
        assertThat(page.locator(".code .chosen")).isVisible();

        page.navigate("/" + repository.fullPath() + "/-/search?q=(&regex=true");
        assertThat(page.getByRole(com.microsoft.playwright.options.AriaRole.ALERT))
                .isVisible();
        var chinese = browser.logIn("zh-CN", user, GranaryServer.PASSWORD);
        chinese.navigate("/-/search?q=needleofpages&path=*.py");
        assertThat(chinese.getByText("1 个文件")).isVisible();
        chinese.setViewportSize(360, 740);
        Browser.assertFits(chinese);

        var stranger = browser.logIn(server.newUser("stranger").name());
        stranger.navigate("/-/search?q=needleofpages");
        assertThat(stranger.getByText("No line holds")).isVisible();
        assertThat(stranger.navigate("/" + repository.fullPath() + "/-/search?q=needle")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void aRepositoryIsShownInNumbers() {
        var page = browser.logIn(user);
        page.navigate("/" + repository.fullPath() + "/-/statistics");
        assertThat(page.getByRole(
                        com.microsoft.playwright.options.AriaRole.HEADING,
                        new Page.GetByRoleOptions().setName("Contributors 1")))
                .isVisible(PATIENTLY);
        assertThat(page.locator(".legend li").first()).containsText("Java");
        assertThat(page.locator(".activity rect.added").last()).hasAttribute("height", "50.00");
        assertThat(page.locator(".rows li")).containsText(user);
        Browser.assertAccessible(page);
        Browser.picture(page, "statistics");
        page.setViewportSize(360, 740);
        Browser.assertFits(page);
    }
}
