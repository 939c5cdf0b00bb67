package dev.granary.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assumptions;

/**
 * A real Chromium without a window. It notes every error of scripts and of the content policy and every server error;
 * {@link #close} fails if there were any. It belongs to the thread that made it.
 */
public final class Browser implements AutoCloseable {
    /** What browser tests lock, so that they do not run side by side: a browser is large. */
    public static final String LOCK = "browser";

    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");

    private final Playwright playwright;
    private final com.microsoft.playwright.Browser browser;
    private final String url;
    private final List<String> errors = new ArrayList<>();

    public Browser(GranaryServer server) {
        this.url = server.url();
        Assumptions.assumeThat(CHROMIUM).as("Debian's package chromium").exists();
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(CHROMIUM)
                        .setArgs(List.of(
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-quic",
                                "--no-first-run",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync")));
    }

    /** A window of somebody who has not been here before, whose browser speaks a language such as {@code zh-CN}. */
    public Page visit(String language) {
        return page(new com.microsoft.playwright.Browser.NewContextOptions()
                .setLocale(language)
                .setViewportSize(1280, 800));
    }

    /** The same on a telephone: 360 pixels wide. */
    public Page visitSmall(String language) {
        return page(new com.microsoft.playwright.Browser.NewContextOptions()
                .setLocale(language)
                .setViewportSize(360, 740));
    }

    /** A window in which no script runs. */
    public Page visitWithoutScripts(String language) {
        return page(new com.microsoft.playwright.Browser.NewContextOptions()
                .setLocale(language)
                .setJavaScriptEnabled(false)
                .setViewportSize(360, 740));
    }

    private Page page(com.microsoft.playwright.Browser.NewContextOptions options) {
        BrowserContext context = browser.newContext(
                options.setBaseURL(url).setPermissions(List.of("clipboard-read", "clipboard-write")));
        context.setDefaultTimeout(15_000);
        context.onResponse(response -> {
            if (response.status() >= 500) {
                errors.add(response.status() + " " + response.url());
            }
        });
        var page = context.newPage();
        page.onPageError(error -> errors.add(page.url() + ": " + error));
        page.onConsoleMessage(message -> {
            // That a request was refused is said there, too; tests look at answers themselves.
            if (message.type().equals("error") && !message.text().startsWith("Failed to load resource")) {
                errors.add(page.url() + ": " + message.text());
            }
        });
        return page;
    }

    /** A window in which a user of {@link GranaryServer#newUser} has logged in, speaking English. */
    public Page logIn(String name) {
        return logIn("en", name, GranaryServer.PASSWORD);
    }

    /** A window in which somebody has logged in. */
    public Page logIn(String language, String name, String password) {
        return logIn(visit(language), name, password);
    }

    /** Logs somebody in in a window. */
    public Page logIn(Page page, String name, String password) {
        page.navigate("/-/login");
        page.locator("main input[name=name]").fill(name);
        page.locator("main input[name=password]").fill(password);
        page.locator("main button.primary").click();
        page.waitForURL(url + "/");
        return page;
    }

    /** Fails when a page breaks a rule of WCAG 2.1 level A or AA; what people wrote in Markdown is theirs. */
    public static void assertAccessible(Page page) {
        var found = new AxeBuilder(page)
                .exclude(".markdown")
                .withTags(List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa"))
                .analyze()
                .getViolations();
        assertThat(found.stream()
                        .flatMap(rule -> rule.getNodes().stream()
                                .map(node -> rule.getId() + " " + node.getHtml() + " " + node.getFailureSummary()))
                        .toList())
                .as("accessibility of %s", page.url())
                .isEmpty();
    }

    /** Fails when a page is wider than its window. */
    public static void assertFits(Page page) {
        assertThat(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
                .as("what of %s sticks out", page.url())
                .isEqualTo(0);
    }

    /** Keeps a picture of a page for the documentation, where one is asked for by {@code -Dscreenshots=folder}. */
    public static void picture(Page page, String name) {
        var folder = System.getProperty("screenshots");
        if (folder != null) {
            try {
                Files.createDirectories(Path.of(folder));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            page.screenshot(new Page.ScreenshotOptions().setPath(Path.of(folder, name + ".png")));
        }
    }

    @Override
    public void close() {
        try {
            browser.close();
        } finally {
            playwright.close();
        }
        assertThat(errors).as("errors in the browser").isEmpty();
    }
}
