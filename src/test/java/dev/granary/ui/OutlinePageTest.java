package dev.granary.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import dev.granary.kernel.Caller;
import dev.granary.projects.ProjectService;
import dev.granary.repositories.HostedRepository;
import dev.granary.repositories.RepositoryService;
import dev.granary.testing.Browser;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.TestDatabase;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What a file defines, beside it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ResourceLock(Browser.LOCK)
class OutlinePageTest {
    /** A process has to start before anything is parsed. */
    private static final int PATIENCE = 60_000;

    private static final String HOSTILE = "lib/<img src=x onerror=alert(1)>.rb";

    private final GranaryServer server = GranaryServer.shared(TestDatabase.SQLITE);
    private Browser browser;
    private String user;
    private HostedRepository repository;

    @BeforeAll
    void prepare() {
        browser = new Browser(server);
        user = server.newUser("outliner").name();
        Caller caller = server.caller(user);
        var project = server.bean(ProjectService.class).create(caller, GranaryServer.unique("outline"), "", "scrum");
        repository = server.bean(RepositoryService.class).create(caller, project, "code", "", 0);
        var body = IntStream.rangeClosed(1, 90).mapToObj(line -> "    // " + line + "\n");
        var java = Stream.of(
                        Stream.of("class Outer {\n"),
                        body,
                        Stream.of("    interface Inner {\n        int area(int side);\n    }\n}\n"))
                .flatMap(lines -> lines)
                .reduce("", String::concat);
        var actions = Stream.of(
                        List.of("src/Outer.java", java),
                        List.of(HOSTILE, "class Odd\n  def <=>(other)\n    0\n  end\nend\n"),
                        List.of("src/bare.h", "// nothing\n"),
                        List.of("notes.txt", "class Text {}\n"))
                .map(file -> Map.of("action", "create", "file_path", file.getFirst(), "content", file.getLast()))
                .toList();
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

    private String blob(String path) {
        return "/" + repository.fullPath() + "/-/blob/master/" + RepositoryPage.encode(path);
    }

    private static void open(Page page, String address, String first) {
        page.navigate(address);
        assertThat(page.locator(".outline .definitions a").first())
                .containsText(first, new LocatorAssertions.ContainsTextOptions().setTimeout(PATIENCE));
    }

    @Test
    void definitionsLeadToTheirLines() {
        var page = browser.logIn(user);
        open(page, blob("src/Outer.java"), "Outer");
        var entries = page.locator(".definitions a");
        assertThat(entries).hasCount(3);
        assertThat(entries.nth(2)).hasText("area method on line 93");
        assertThat(page.locator(".definitions li").nth(2)).hasAttribute("data-depth", "2");
        entries.nth(2).click();
        assertThat(page).hasURL(server.url() + blob("src/Outer.java") + "#L93");
        assertThat(page.locator("#L93")).isInViewport();
        assertThat(page.locator("#L93")).hasAttribute("aria-current", "true");
        assertThat(entries.nth(2)).hasAttribute("aria-current", "true");
        assertThat(page.locator(".code .chosen")).isVisible();
        Browser.assertAccessible(page);
        page.locator("#L92").click();
        assertThat(entries.nth(1)).hasAttribute("aria-current", "true");
        assertThat(page.locator(".outlined [aria-current]")).hasCount(2);
        Browser.picture(page, "outline");

        page.locator(".outline summary").click();
        page.reload();
        assertThat(page.locator(".outline summary")).isVisible();
        assertThat(page.locator(".definitions")).not().isVisible();
        page.locator(".outline summary").click();
        assertThat(page.locator(".definitions")).isVisible();
    }

    @Test
    void namesAreShownAsTheyAreAndOtherFilesHaveNoOutline() {
        var page = browser.logIn("zh-CN", user, GranaryServer.PASSWORD);
        open(page, blob(HOSTILE), "Odd");
        assertThat(page.locator(".outline summary")).hasText("大纲");
        assertThat(page.locator(".definitions a").nth(1)).hasText("<=> 方法 第 2 行");
        Browser.assertAccessible(page);
        page.navigate(blob("src/bare.h"));
        assertThat(page.locator(".outline")).containsText("该文件中没有定义。");
        page.navigate(blob("notes.txt"));
        assertThat(page.locator(".code")).isVisible();
        assertThat(page.locator(".outline")).hasCount(0);
    }

    @Test
    void aSmallScreenHasItFoldedAndStrangersHaveNone() {
        var small = browser.visitSmall("en");
        small.navigate("/-/login");
        small.locator("main input[name=name]").fill(user);
        small.locator("main input[name=password]").fill(GranaryServer.PASSWORD);
        small.locator("main button.primary").click();
        small.navigate(blob("src/Outer.java"));
        assertThat(small.locator(".outline summary")).isVisible();
        Browser.assertFits(small);
        small.locator(".outline summary").click();
        assertThat(small.locator(".definitions a").first())
                .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(PATIENCE));
        Browser.assertFits(small);
        var address = small.locator(".outline [hx-get]").getAttribute("hx-get");
        assertThat(small.navigate(address).status()).isEqualTo(200);
        assertThat(small.navigate(address.substring(0, address.indexOf('?'))).status())
                .isEqualTo(404);

        var stranger = browser.logIn(server.newUser("stranger").name());
        assertThat(stranger.navigate(address).status()).isEqualTo(404);
    }
}
