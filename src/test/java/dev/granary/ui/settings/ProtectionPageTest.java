package dev.granary.ui.settings;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.granary.ui.settings.SettingsPageFixture.post;
import static dev.granary.ui.settings.SettingsPageFixture.press;
import static dev.granary.ui.settings.SettingsPageFixture.settings;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.Page.LocatorOptions;
import com.microsoft.playwright.options.AriaRole;
import dev.granary.repositories.RepositoryService;
import dev.granary.testing.Browser;
import dev.granary.testing.Git;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.Groups;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Rules, merge-request settings, labels, upkeep and the end of a repository on the page. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ResourceLock(Browser.LOCK)
class ProtectionPageTest {
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

    @Test
    void aProtectedBranchRefusesThePushesOfOthers(@TempDir Path folder) {
        var repository = fixture.repository("protected");
        var page = browser.logIn(fixture.owner.name());
        page.onDialog(Dialog::accept);
        page.navigate(settings(repository, "branches"));
        page.getByLabel("Name or wildcard").fill("not a name~");
        press(page, "Protect a branch");
        assertThat(page.getByRole(AriaRole.ALERT)).isVisible();
        assertThat(page.getByLabel("Name or wildcard")).hasValue("not a name~");
        page.getByLabel("Name or wildcard").fill("mas*");
        page.locator("input[name=mergeUsers]").fill(fixture.viewer.name() + ", " + fixture.developer.name());
        press(page, "Protect a branch");
        var rule = page.locator(".rows li", new LocatorOptions().setHasText("mas*"));
        assertThat(rule).containsText("Push: Committer, Project manager");
        assertThat(rule).containsText(fixture.developer.name());
        Browser.assertAccessible(page);
        Browser.picture(page, "protected-branches");

        var git = Git.in(folder);
        git.ok("clone", "-q", fixture.cloneUrl(repository, fixture.developer), "work");
        var work = git.at(folder.resolve("work"));
        work.commitFile("b.txt", "b\n", "Change");
        assertThat(work.run("push", "origin", "HEAD:master").exit()).isNotZero();

        rule.getByText("Change").click();
        rule.locator("input[name=pushUsers]").fill(fixture.developer.name());
        rule.locator("form[action*=change] button").click();
        assertThat(rule).containsText("Project manager, " + fixture.developer.name());
        work.ok("push", "-q", "origin", "HEAD:master");
        rule.getByRole(AriaRole.BUTTON).last().click();
        assertThat(page.locator(".blank")).containsText("No branch is protected");

        page.navigate(settings(repository, "events?kind=pushes"));
        assertThat(page.locator(".rows li").first()).containsText(fixture.developer.name());
        assertThat(page.locator(".rows li").first()).containsText("master");
        Browser.assertAccessible(page);
        page.navigate(settings(repository, "events?kind=others"));
        assertThat(page.locator(".rows")).containsText("Repository created");

        page.navigate(settings(repository, "tags"));
        page.getByLabel("Name or wildcard").fill("v*");
        press(page, "Protect a tag");
        assertThat(page.locator(".rows")).containsText("Create: Committer, Project manager");
        Browser.assertAccessible(page);
    }

    @Test
    void rulesLabelsAndMergeSettingsAreKept() {
        var repository = fixture.repository("ruled");
        var page = browser.logIn(fixture.owner.name());
        page.onDialog(Dialog::accept);
        page.navigate(settings(repository, "push"));
        page.getByLabel("Refuse to rewrite history").check();
        page.locator("form[action$='/push'] button").click();
        assertThat(page.getByLabel("Refuse to rewrite history")).isChecked();
        page.getByLabel("Name", new com.microsoft.playwright.Page.GetByLabelOptions().setExact(true))
                .fill(EVIL);
        page.getByLabel("Message must match").fill("(");
        press(page, "Add a rule");
        assertThat(page.getByRole(AriaRole.ALERT)).isVisible();
        page.getByLabel("Name", new com.microsoft.playwright.Page.GetByLabelOptions().setExact(true))
                .fill(EVIL);
        page.getByLabel("Message must match").fill("^[A-Z]");
        press(page, "Add a rule");
        assertThat(page.locator(".rows")).containsText(EVIL);
        assertThat(page.locator(".rows code").first()).hasText("^[A-Z]");
        Browser.assertAccessible(page);

        page.navigate(settings(repository, "merge-requests"));
        page.getByLabel("Merge method").selectOption("ff");
        page.getByLabel("All discussions must be resolved").check();
        page.getByLabel("Closed requests may be reopened").uncheck();
        page.getByLabel("Message of merge commits").fill("Merge </textarea>" + EVIL);
        press(page, "Save");
        assertThat(page.getByLabel("Merge method")).hasValue("ff");
        assertThat(page.getByLabel("All discussions must be resolved")).isChecked();
        assertThat(page.getByLabel("Closed requests may be reopened")).not().isChecked();
        assertThat(page.getByLabel("Message of merge commits")).hasValue("Merge </textarea>" + EVIL);
        Browser.assertAccessible(page);

        page.navigate(settings(repository, "work-items"));
        page.getByLabel("Work items have pages in another tracker").check();
        page.getByLabel("Address of a work item").fill("javascript:alert(1)");
        press(page, "Save");
        assertThat(page.getByRole(AriaRole.ALERT)).isVisible();
        page.getByLabel("Prefixes").fill("#,\"><b>");
        press(page, "Save");
        assertThat(page.getByLabel("Prefixes")).hasValue("#,\"><b>");
        page.getByLabel("Prefixes").fill("#,JIRA-");
        press(page, "Save");
        assertThat(page.getByLabel("Prefixes")).hasValue("#,JIRA-");
        Browser.assertAccessible(page);

        page.navigate(settings(repository, "labels"));
        press(page, "Add the usual labels");
        var add = page.locator("form.card");
        add.getByLabel("Name").fill(EVIL);
        press(page, "Add a label");
        var label = page.locator(".rows li", new LocatorOptions().setHasText(EVIL));
        assertThat(label).isVisible();
        Browser.assertAccessible(page);
        label.getByText("Change").click();
        label.getByLabel("Name").fill("renamed");
        label.locator("form[action*=change] button").click();
        var renamed = page.locator(".rows li", new LocatorOptions().setHasText("renamed"));
        renamed.getByRole(AriaRole.BUTTON).last().click();
        assertThat(renamed).hasCount(0);
        assertThat(page).not().hasTitle("hacked");
    }

    @Test
    void aRepositoryIsTidiedTransferredAndDeleted() {
        var repository = fixture.repository("ending");
        var page = browser.logIn("zh-CN", fixture.owner.name(), GranaryServer.PASSWORD);
        page.navigate(settings(repository, "housekeeping"));
        press(page, "开始整理");
        assertThat(page.getByRole(AriaRole.STATUS)).hasText("整理即将开始。");
        Browser.assertAccessible(page);
        var group = Groups.create(fixture.as(fixture.owner), fixture.project.uuid(), null);
        page.navigate(settings(repository, "danger"));
        Browser.assertAccessible(page);
        var transfer = page.locator("form[action$=transfer]");
        transfer.locator("input[name=namespace]").fill(String.valueOf(group.id()));
        transfer.locator("input[name=confirm]").fill("wrong");
        transfer.locator("button").click();
        assertThat(page.getByRole(AriaRole.ALERT)).isVisible();
        transfer.locator("input[name=confirm]").fill(repository.fullPath());
        transfer.locator("button").click();
        assertThat(page.getByRole(AriaRole.STATUS)).hasText("代码仓已转移。");
        var moved = fixture.server
                .bean(RepositoryService.class)
                .byId(repository.id())
                .orElseThrow()
                .fullPath();
        assertThat(page.url()).endsWith("/" + moved);
        page.navigate("/" + moved + "/-/settings/danger");
        var deletion = page.locator("form[action$=delete]");
        deletion.locator("input[name=confirm]").fill(moved);
        deletion.locator("button").click();
        assertThat(page.getByRole(AriaRole.STATUS)).hasText("代码仓已删除。");
        assertThat(page.navigate("/" + moved).status()).isEqualTo(404);
    }

    @Test
    void theWeakAreRefusedAndSmallScreensSuffice() {
        var repository = fixture.repository("strict");
        var weak = browser.logIn(fixture.viewer.name());
        var areas = List.of(
                "branches",
                "tags",
                "push",
                "merge-requests",
                "labels",
                "work-items",
                "housekeeping",
                "events",
                "danger");
        areas.forEach(
                area -> assertThat(weak.navigate(settings(repository, area)).status())
                        .as(area)
                        .isEqualTo(403));
        var name = Map.of("name", "master", "push", "true", "label", "x", "color", "#000000");
        List.of(
                        "branches",
                        "branches/change",
                        "branches/remove",
                        "tags",
                        "push",
                        "push/rules",
                        "merge-requests",
                        "labels",
                        "labels/usual",
                        "work-items",
                        "labels/remove",
                        "housekeeping")
                .forEach(path -> assertThat(post(weak, settings(repository, path), name))
                        .as(path)
                        .isEqualTo(403));
        var confirmed = Map.of("confirm", repository.fullPath(), "namespace", fixture.project.path());
        List.of("transfer", "delete")
                .forEach(path -> assertThat(post(weak, settings(repository, path), confirmed))
                        .as(path)
                        .isEqualTo(403));
        assertThat(weak.navigate("/" + repository.fullPath()).status()).isEqualTo(200);
        assertThat(weak.getByRole(AriaRole.LINK, new GetByRoleOptions().setName("Settings")))
                .hasCount(0);
        var small = browser.visitSmall("en");
        SettingsPageFixture.logIn(small, fixture.owner);
        areas.forEach(area -> {
            small.navigate(settings(repository, area));
            Browser.assertFits(small);
        });
    }
}
