package dev.granary.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
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

/** Looking at files on the page. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ResourceLock(Browser.LOCK)
class FilesPageTest {
    private static final String README = """
        # Granary

        See [the guide](docs/guide.md), [up](#below) and **this**.

        | a | b |
        |---|---|
        | 1 | 2 |

        - [x] done

        <script>document.title = 'hacked'</script>
        <img src=x onerror="document.title='hacked'">
        [click](javascript:document.title='hacked')

        ## Below
        """;

    private final GranaryServer server = GranaryServer.shared(TestDatabase.SQLITE);
    private Browser browser;
    private String user;
    private HostedRepository repository;

    @BeforeAll
    void prepare() {
        browser = new Browser(server);
        var account = server.newUser("reader");
        user = account.name();
        Caller caller = server.caller(user);
        var project = server.bean(ProjectService.class).create(caller, GranaryServer.unique("pages"), "", "scrum");
        repository = server.bean(RepositoryService.class).create(caller, project, "app", "An app", 0);
        var http = server.http(user, GranaryServer.PASSWORD);
        var actions = List.of(
                Map.of("action", "create", "file_path", "README.md", "content", README),
                Map.of("action", "create", "file_path", "docs/guide.md", "content", "# The guide\n"),
                Map.of(
                        "action",
                        "create",
                        "file_path",
                        "src/Main.java",
                        "content",
                        "class Main {\n  int one = 1;\n}\n"),
                Map.of("action", "create", "file_path", "odd/<b>a & b<b> 100%?#.txt", "content", "odd\n"));
        assertThat(http.post(
                                "/v2/projects/" + repository.id() + "/repository/commits",
                                Map.of("branch", "master", "commit_message", "Begin <i>here</i>", "actions", actions))
                        .status())
                .isEqualTo(200);
    }

    @AfterAll
    void end() {
        browser.close();
    }

    @Test
    void aReaderGoesFromTheFrontPageToALine() {
        var page = browser.logIn(user);
        page.getByRole(
                        AriaRole.LINK,
                        new GetByRoleOptions().setName(repository.fullPath().replace("/", " / ")))
                .click();
        assertThat(page).hasTitle("Files · " + repository.fullPath() + " · Granary");
        assertThat(page.locator("tr[data-name=docs] .title")).hasText("Begin <i>here</i>");
        assertThat(page.locator(".markdown td").first()).hasText("1");
        Browser.assertAccessible(page);
        Browser.picture(page, "files");

        page.getByRole(AriaRole.LINK, new GetByRoleOptions().setName("src")).click();
        page.getByRole(AriaRole.LINK, new GetByRoleOptions().setName("Main.java"))
                .click();
        assertThat(page.locator(".hljs-keyword").first()).hasText("class");
        page.locator("#L2").click();
        assertThat(page.locator(".code .chosen")).isVisible();
        page.keyboard().press("?");
        assertThat(page.getByRole(AriaRole.DIALOG)).containsText("Find file");
        Browser.assertAccessible(page);
        page.keyboard().press("Escape");
        assertThat(page.url()).endsWith("/-/blob/master/src/Main.java#L2");
        Browser.assertAccessible(page);
        Browser.picture(page, "file");
    }

    @Test
    void linksOfAReadmeLeadToFilesAndNothingInItRuns() {
        var page = browser.logIn(user);
        page.navigate("/" + repository.fullPath());
        assertThat(page).hasTitle("Files · " + repository.fullPath() + " · Granary");
        assertThat(page.locator(".markdown script, .markdown [onerror]")).hasCount(0);
        assertThat(page.getByText("click")).not().hasAttribute("href", java.util.regex.Pattern.compile("javascript.*"));
        page.getByRole(AriaRole.LINK, new GetByRoleOptions().setName("the guide"))
                .click();
        assertThat(page.locator(".markdown h1")).hasText("The guide");
    }

    @Test
    void oddNamesAreShownAsTheyAre() {
        var page = browser.logIn(user);
        page.navigate("/" + repository.fullPath() + "/-/tree/master/odd");
        page.getByRole(AriaRole.LINK, new GetByRoleOptions().setName("<b>a & b<b> 100%?#.txt"))
                .click();
        assertThat(page.locator(".code code")).hasText("odd");
        assertThat(page.locator(".steps b").last()).hasText("<b>a & b<b> 100%?#.txt");
    }

    @Test
    void aPrivateRepositoryAsksStrangersToLogInLikeAnUnknownOne() {
        var page = browser.visit("zh-CN");
        page.navigate("/" + repository.fullPath());
        assertThat(page).hasTitle("登录 · Granary");
        Browser.assertAccessible(page);
        page.navigate("/nobody/nothing");
        assertThat(page).hasTitle("登录 · Granary");
        page.locator("main input[name=name]").fill(user);
        page.locator("main input[name=password]").fill("wrong password");
        page.locator("main button.primary").click();
        assertThat(page.getByRole(AriaRole.ALERT)).hasText("用户名或密码错误。");

        var stranger = browser.logIn(server.newUser("stranger").name());
        var hidden = stranger.navigate("/" + repository.fullPath());
        var hiddenText = stranger.locator("main").textContent();
        var unknown = stranger.navigate("/nobody/nothing");
        assertThat(hidden.status()).isEqualTo(404).isEqualTo(unknown.status());
        assertThat(stranger.locator("main")).hasText(hiddenText);
    }

    @Test
    void everythingFitsASmallScreen() {
        var page = browser.visitSmall("en");
        page.navigate("/-/login");
        Browser.assertFits(page);
        page.locator("main input[name=name]").fill(user);
        page.locator("main input[name=password]").fill(GranaryServer.PASSWORD);
        page.locator("main button.primary").click();
        page.navigate("/" + repository.fullPath());
        Browser.assertFits(page);
        Browser.picture(page, "files-small");
        page.navigate("/" + repository.fullPath() + "/-/blob/master/src/Main.java");
        Browser.assertFits(page);
    }

    @Test
    void aFormOfAnotherSiteIsRefused() {
        var http = server.asNobody().with("Content-Type", "application/x-www-form-urlencoded");
        assertThat(http.with("Sec-Fetch-Site", "cross-site")
                        .post("/-/logout", "")
                        .status())
                .isEqualTo(403);
        assertThat(http.with("Origin", "https://evil.example")
                        .post("/-/logout", "")
                        .status())
                .isEqualTo(403);
        assertThat(http.with("Sec-Fetch-Site", "same-origin")
                        .post("/-/logout", "")
                        .status())
                .isEqualTo(303);
    }
}
