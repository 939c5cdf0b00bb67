package dev.granary.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page.GetByLabelOptions;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import dev.granary.access.Role;
import dev.granary.kernel.Slice;
import dev.granary.reviews.RequestBrowseService;
import dev.granary.testing.Browser;
import dev.granary.testing.GranaryServer;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Merge requests on the page. */
class RequestPageTest extends RequestPageFixture {
    @Test
    void aRequestIsMadeByTheFormDiscussedClosedAndOpenedAgain() {

        commit("change-title", "master", "create", "two.txt", "two\n");
        var page = browser.logIn(author.name());
        page.navigate("/" + repository.fullPath());
        page.getByRole(AriaRole.LINK, new GetByRoleOptions().setName(Pattern.compile("Merge requests")))
                .click();
        click(page, AriaRole.LINK, "New merge request");
        Browser.assertAccessible(page);
        page.getByRole(AriaRole.COMBOBOX, new GetByRoleOptions().setName("Source branch"))
                .fill("no-such-branch");
        page.getByRole(AriaRole.TEXTBOX, new GetByRoleOptions().setName("Title").setExact(true))
                .fill("Change the title " + HARM);
        click(page, AriaRole.BUTTON, "Create merge request");
        assertThat(page.getByRole(AriaRole.ALERT)).isVisible();
        assertThat(page.getByRole(
                        AriaRole.TEXTBOX,
                        new GetByRoleOptions().setName("Title").setExact(true)))
                .hasValue("Change the title " + HARM);

        page.getByRole(AriaRole.COMBOBOX, new GetByRoleOptions().setName("Source branch"))
                .fill("change-title");
        page.getByRole(AriaRole.TEXTBOX, new GetByRoleOptions().setName("Description"))
                .fill("**Bold** " + HARM + " [x](javascript:alert(1))");
        page.getByRole(AriaRole.GROUP, new GetByRoleOptions().setName("Approvers"))
                .getByLabel(reviewer.name())
                .check();
        page.getByLabel("Draft: not ready").check();
        click(page, AriaRole.BUTTON, "Create merge request");
        assertThat(page.getByRole(AriaRole.STATUS)).hasText("The merge request is open.");
        assertThat(page.locator("h1")).containsText("Change the title " + HARM);
        assertThat(page.locator(".markdown strong")).hasText("Bold");
        assertThat(page.locator("main [onerror], main .markdown script")).hasCount(0);
        assertThat(page.locator(".gates .bad")).hasText("It is a draft");
        assertThat(page.locator(".happening").first()).containsText("opened the merge request");
        Browser.assertAccessible(page);

        page.getByLabel("Add a comment").fill("Look at *this* " + HARM);
        page.getByLabel("Has to be resolved").check();
        click(page, AriaRole.BUTTON, "Comment");
        var thread = page.locator("article.thread");
        assertThat(thread.locator(".markdown em")).hasText("this");
        thread.locator(".replies summary").click();
        thread.locator(".replies textarea").fill("I did");
        thread.locator(".replies button.primary").click();
        assertThat(thread.locator(".remark")).hasCount(2);
        thread.locator(".remark").last().locator("summary").click();
        thread.locator(".remark").last().locator("textarea").fill("I did it");
        thread.locator(".remark").last().locator("button.primary").click();
        assertThat(thread.locator(".remark").last()).containsText("I did it");
        thread.locator("button[name=resolved]").click();
        assertThat(thread).containsText("Resolved by " + author.name());
        page.onDialog(dialog -> dialog.accept());
        thread.getByLabel("Delete comment").last().click();
        assertThat(thread.locator(".remark")).hasCount(1);
        Browser.assertAccessible(page);
        Browser.picture(page, "merge-request");

        click(page, AriaRole.LINK, "Edit");
        page.getByLabel("Draft: not ready").uncheck();
        page.getByRole(AriaRole.GROUP, new GetByRoleOptions().setName("Reviewers"))
                .getByLabel(reviewer.name())
                .check();
        page.getByRole(AriaRole.TEXTBOX, new GetByRoleOptions().setName("Title").setExact(true))
                .fill("Change the title");
        click(page, AriaRole.BUTTON, "Save");
        assertThat(page.locator("h1")).containsText("Change the title");
        assertThat(page.locator(".facts section").first()).containsText(reviewer.name());
        click(page, AriaRole.BUTTON, "Close merge request");
        assertThat(page.locator(".request .state")).hasText("Closed");
        click(page, AriaRole.BUTTON, "Reopen merge request");
        assertThat(page.locator(".request .state")).hasText("Open");
        page.locator(".within").getByText("Commits").click();
        assertThat(page.locator(".rows li")).hasCount(1);
        page.locator(".within").getByText("Versions").click();
        assertThat(page.locator(".rows li")).containsText("Version 1");

        assertThat(server.bean(RequestBrowseService.class)
                        .waiting(server.caller(reviewer.name()), new Slice(0, 20))
                        .items())
                .singleElement()
                .satisfies(waiting -> {
                    assertThat(waiting.request().title()).isEqualTo("Change the title");
                    assertThat(waiting.repository().fullPath()).isEqualTo(repository.fullPath());
                    assertThat(waiting.author()).isEqualTo(author.name());
                });
    }

    @Test
    void listsAreFilteredAndSpeakChinese() {
        commit("list-one", "master", "create", "list-one.txt", "1\n");
        commit("list-two", "master", "create", "list-two.txt", "2\n");
        open("list-one", "Listed one " + HARM, "");
        var two = open("list-two", "Listed two", "");
        var page = browser.logIn("zh-CN", author.name(), GranaryServer.PASSWORD);
        page.navigate(page("?search=listed"));
        assertThat(page).hasTitle("合并请求 · " + repository.fullPath() + " · Granary");
        assertThat(page.locator(".rows li")).hasCount(2);
        assertThat(page.locator(".rows")).containsText(HARM);
        Browser.assertAccessible(page);
        page.getByLabel("标题或编号").fill("!" + two);
        click(page, AriaRole.BUTTON, "筛选");
        assertThat(page.locator(".rows li")).hasCount(1);
        page.getByLabel("检视人", new GetByLabelOptions().setExact(true)).fill("nobody-of-this-name");
        click(page, AriaRole.BUTTON, "筛选");
        assertThat(page.locator(".blank")).containsText("没有符合筛选条件的合并请求。");
        page.navigate(page("/" + two));
        assertThat(page.locator(".gates")).containsText("与目标分支没有冲突");
        assertThat(page.locator(".happening").first()).containsText("创建了合并请求");

        var small = browser.visitSmall("en");
        small.navigate("/-/login");
        small.locator("main input[name=name]").fill(author.name());
        small.locator("main input[name=password]").fill(GranaryServer.PASSWORD);
        small.locator("main button.primary").click();
        for (var rest : List.of("", "/new", "/" + two, "/" + two + "/commits", "/" + two + "/edit")) {
            small.navigate(page(rest));
            Browser.assertFits(small);
        }
    }

    @Test
    void whoMayNotIsShownNoButtonAndRefused() {
        commit("denied", "master", "create", "denied.txt", "1\n");
        var iid = open("denied", "Denied", "");
        var viewer = server.newUser("viewer");
        assign(viewer, Role.VIEWER);
        var page = browser.logIn(viewer.name());
        page.navigate(page("/" + iid));
        assertThat(page.locator(".gates")).isVisible();
        assertThat(page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Close merge request")))
                .hasCount(0);
        assertThat(page.getByRole(
                        AriaRole.LINK, new GetByRoleOptions().setName("Edit").setExact(true)))
                .hasCount(0);
        var refused = page.request()
                .post(
                        server.url() + page("/" + iid + "/state"),
                        com.microsoft.playwright.options.RequestOptions.create()
                                .setHeader("Origin", server.url())
                                .setForm(com.microsoft.playwright.options.FormData.create()
                                        .set("event", "close")));
        assertThat(refused.status()).isEqualTo(403);
        assertThat(page.getByRole(
                        AriaRole.BUTTON, new GetByRoleOptions().setName("Merge").setExact(true)))
                .hasCount(0);
        var unmerged = page.request()
                .post(
                        server.url() + page("/" + iid + "/merge"),
                        com.microsoft.playwright.options.RequestOptions.create().setHeader("Origin", server.url()));
        assertThat(unmerged.status()).isEqualTo(403);

        var stranger = browser.logIn(server.newUser("stranger").name());
        assertThat(stranger.navigate(page("/" + iid)).status()).isEqualTo(404);
    }

    @Test
    void linesAreDiscussedSuggestionsAppliedAndTheRequestApprovedAndMerged() {
        commit(
                "review",
                "master",
                "update",
                "src/Main.java",
                "class Main {\n  int two = 2;\n  // </td>" + HARM + "\n}\n");
        commit("review", null, "create", "odd <b>& " + HARM.replace("/", "") + ".txt", HARM + "\n");
        var iid = open("review", "Count to two", "", reviewer.id());
        var page = browser.logIn(reviewer.name());
        page.navigate(page("/" + iid));
        page.locator(".within").getByText("Changes").click();
        assertThat(page.locator(".changed")).hasCount(2);
        assertThat(page.locator(".changed").first().locator(".reviewed .text")).hasText(HARM);
        assertThat(page.locator("main [onerror]")).hasCount(0);
        var file = page.getByRole(AriaRole.REGION, new GetByRoleOptions().setName("src/Main.java"));
        var numbers = file.locator("button[data-side=new]");
        numbers.nth(1).click();
        assertThat(file.locator("tr.asking td")).hasAttribute("colspan", "3");
        file.locator("tr.asking textarea").fill("  ");
        file.getByText("Suggest a change").click();
        assertThat(file.locator("tr.asking textarea")).hasValue(Pattern.compile("int two = 2;"));
        file.locator("tr.asking textarea").fill("Why? " + HARM + "\n\n```suggestion\n  int zwei = 2;\n```");
        file.locator("tr.asking button.primary").click();
        assertThat(file.locator("article.thread")).containsText("Why?");
        numbers.nth(0).click();
        numbers.nth(2)
                .click(new com.microsoft.playwright.Locator.ClickOptions()
                        .setModifiers(List.of(com.microsoft.playwright.options.KeyboardModifier.SHIFT)));
        assertThat(file.locator(".place")).hasText("src/Main.java:1-3");
        file.locator("tr.asking textarea").fill("All of these");
        file.locator("tr.asking button.primary").click();
        assertThat(file.locator("article.thread")).hasCount(2);
        Browser.assertAccessible(page);
        Browser.picture(page, "changes");
        click(page, AriaRole.LINK, "Side by side");
        assertThat(file.locator(".reviewed.split article.thread")).hasCount(2);
        Browser.assertAccessible(page);
        file.getByLabel("Viewed").check();
        page.reload();
        assertThat(file.locator(".load")).isHidden();
        assertThat(page.locator("#viewed-count")).hasText("1 viewed");

        page.navigate(page("/" + iid));
        var author = browser.logIn(this.author.name());
        author.navigate(page("/" + iid));
        author.getByText("Apply suggestion").click();
        // The reviewer's page is told.
        assertThat(page.locator("#timeline")).containsText("applied a suggestion");
        author.navigate(page("/" + iid));
        for (var index = 0; index < 2; index++) {
            author.locator("article.thread:not(.resolved) button[name=resolved]")
                    .first()
                    .click();
            assertThat(author.locator("article.thread.resolved")).hasCount(index + 1);
        }
        author.navigate(page("/" + iid + "/versions"));
        assertThat(author.locator(".rows li")).hasCount(2);

        page.navigate(page("/" + iid));
        click(page, AriaRole.BUTTON, "Approve");
        assertThat(page.locator(".facts")).containsText("Approved");
        Browser.assertAccessible(page);
        click(page, AriaRole.BUTTON, "Merge");
        assertThat(page.locator(".request .state")).hasText("Merged");
        assertThat(author.getByText("int zwei")).hasCount(0);
        page.getByText("Revert or cherry-pick…").click();
        click(page, AriaRole.BUTTON, "Revert");
        assertThat(page.locator("h1")).containsText("Revert \"Count to two\"");
        page.navigate(page("/" + iid + "/changes"));
        assertThat(page.locator(".changed")).hasCount(2);
        var small = browser.visitSmall("zh-CN");
        small.navigate("/-/login");
        small.locator("main input[name=name]").fill(reviewer.name());
        small.locator("main input[name=password]").fill(GranaryServer.PASSWORD);
        small.locator("main button.primary").click();
        small.navigate(page("/" + iid + "/changes"));
        assertThat(small.locator(".reviewed").first()).isVisible();
        Browser.assertFits(small);
    }
}
