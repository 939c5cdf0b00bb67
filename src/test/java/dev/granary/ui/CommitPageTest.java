package dev.granary.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import dev.granary.access.Role;
import dev.granary.content.HistoryService;
import dev.granary.testing.Browser;
import dev.granary.testing.Git;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.SshIdentity;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A commit: what is said of it and of its lines, who signed it, where it is, and its changes elsewhere. */
class CommitPageTest extends RequestPageFixture {
    private void show(Page page, String revision) {
        page.navigate("/" + repository.fullPath() + "/-/commit/" + revision);
    }

    private String tip(String branch) {
        return server.bean(HistoryService.class)
                .commit(server.caller(author.name()), repository.id(), branch)
                .id();
    }

    @Test
    void linesAndCommitsAreDiscussed() {
        begin("discussed");
        commit("master", null, "update", "src/Main.java", "class Main {\n  int two = 2;\n  int three = 3;\n}\n");
        var page = browser.logIn(reviewer.name());
        page.onDialog(Dialog::accept);
        show(page, tip("master"));
        page.locator("tr.added").first().locator("button").click();
        page.locator("tr.added")
                .last()
                .locator("button")
                .click(new com.microsoft.playwright.Locator.ClickOptions()
                        .setModifiers(List.of(com.microsoft.playwright.options.KeyboardModifier.SHIFT)));
        assertThat(page.locator("tr.asking .place")).hasText("src/Main.java:2-3");
        page.locator("tr.asking textarea").fill("Why *two* lines? " + HARM);
        page.locator("tr.asking button.primary").click();
        var thread = page.locator("article.thread");
        assertThat(thread.locator(".markdown em")).hasText("two");
        Browser.assertAccessible(page);

        page.reload();
        assertThat(page.locator("tr.added").last().locator("+ tr.talk article")).hasCount(1);
        assertThat(page.locator("main [onerror], main .markdown script")).hasCount(0);
        thread.locator(".replies summary").click();
        thread.locator(".replies textarea").fill("Because");
        thread.locator(".replies button.primary").click();
        assertThat(thread.locator(".remark")).hasCount(2);
        thread.locator(".remark").last().locator("summary").click();
        thread.locator(".remark").last().locator("textarea").fill("Because of three");
        thread.locator(".remark").last().locator("button.primary").click();
        assertThat(thread.locator(".remark").last()).containsText("of three");

        page.getByLabel("Add a comment").fill(" ");
        click(page, AriaRole.BUTTON, "Comment");
        assertThat(page.getByRole(AriaRole.ALERT)).isVisible();
        page.getByLabel("Add a comment").fill("All in all, good");
        click(page, AriaRole.BUTTON, "Comment");
        assertThat(page.getByRole(AriaRole.STATUS)).hasText("Your comment was added.");
        assertThat(page.locator("#discussion .count")).hasText("1");
        Browser.assertAccessible(page);
        Browser.picture(page, "commit-discussed");
        Browser.assertFits(page);

        // Whoever may not comment reads it; the author of the commit may delete nothing of others without the right.
        var viewer = server.newUser("viewer");
        assign(viewer, Role.VIEWER);
        var zh = browser.logIn("zh-CN", viewer.name(), GranaryServer.PASSWORD);
        show(zh, tip("master"));
        assertThat(zh.locator("article.thread")).hasCount(2);
        assertThat(zh.locator("main button[data-side], main textarea, main .danger"))
                .hasCount(0);
        Browser.assertAccessible(zh);

        thread.first().getByLabel("Delete comment").first().click();
        assertThat(page.locator("article.thread")).hasCount(1);
    }

    @Test
    void filesThatAreShownLaterBringWhatIsSaidOfThem() {
        begin("later");
        commit("master", null, "create", "long.txt", "line\n".repeat(2_000));
        var id = tip("master");
        var said = server.http(reviewer.name(), GranaryServer.PASSWORD)
                .post(
                        "/v4/repositories/" + repository.id() + "/commits/" + id + "/discussions",
                        Map.of(
                                "body",
                                "The last line",
                                "position",
                                Map.of("new_path", "long.txt", "old_path", "long.txt", "new_line", 2_000)));
        org.assertj.core.api.Assertions.assertThat(said.status())
                .as(said.toString())
                .isEqualTo(201);
        var page = browser.logIn(reviewer.name());
        show(page, id);
        assertThat(page.locator("article.thread")).containsText("The last line");
        click(page, AriaRole.BUTTON, "Show the changes");
        assertThat(page.locator("tr.added")).hasCount(2_000);
        assertThat(page.locator("tr.added").last().locator("+ tr.talk article")).containsText("The last line");
        assertThat(page.locator("article.thread")).hasCount(1);
    }

    @Test
    void aCommitSaysWhoSignedItAndWhereItIs(@TempDir Path folder) {
        begin("signed");
        commit("topic", "master", "create", "topic.txt", "1\n");
        var iid = open("topic", "Topic", "");
        var topic = tip("topic");
        var git = Git.in(folder);
        git.ok(
                "clone",
                "-q",
                server.url()
                                .replace(
                                        "://",
                                        "://" + author.name() + ":" + GranaryServer.PASSWORD.replace(" ", "%20") + "@")
                        + "/" + repository.fullPath() + ".git",
                "work");
        git = Git.in(folder.resolve("work")).with("GIT_COMMITTER_EMAIL", author.email());
        var identity = SshIdentity.make(folder, "ed25519");
        var file = identity.command().replaceAll(".* -i (\\S+) .*", "$1");
        git.ok(
                "-c",
                "gpg.format=ssh",
                "-c",
                "user.signingkey=" + file,
                "commit",
                "-q",
                "--allow-empty",
                "-S",
                "-m",
                "Signed");
        git.ok("tag", "v7");
        git.ok("push", "-q", "origin", "HEAD:master", "v7");
        var page = browser.logIn(author.name());
        show(page, tip("master"));
        assertThat(page.locator(".commit .tag")).hasText("Signed with an unknown key");
        server.http(author.name(), GranaryServer.PASSWORD)
                .post("/v4/user/keys", Map.of("title", "signing", "key", identity.publicKey()));
        page.reload();
        assertThat(page.locator(".commit .tag")).hasText("Verified: " + author.name());
        assertThat(page.locator(".commit .tag"))
                .hasAttribute("title", java.util.regex.Pattern.compile("Key SHA256:.+"));
        assertThat(page.getByRole(AriaRole.LINK, new GetByRoleOptions().setName("v7")))
                .isVisible();
        assertThat(page.getByRole(AriaRole.LINK, new GetByRoleOptions().setName("topic")))
                .hasCount(0);
        Browser.assertAccessible(page);
        Browser.picture(page, "commit-signed");
        show(page, topic);
        assertThat(page.getByRole(AriaRole.LINK, new GetByRoleOptions().setName("!" + iid)))
                .isVisible();
        assertThat(page.locator(".commit .tag")).hasCount(0);
    }

    @Test
    void aCommitIsUndoneAndMadeAgain() {
        begin("picked");
        commit("stable", "master", "create", "stable.txt", "1\n");
        commit("master", null, "create", "fix.txt", "1\n");
        var fix = tip("master");
        var page = browser.logIn(author.name());
        show(page, fix);
        page.getByText("Revert or cherry-pick…").click();
        var branch = page.locator(".pick input[name=branch]");
        branch.fill("no-such-branch");
        page.getByLabel("With a merge request").uncheck();
        click(page, AriaRole.BUTTON, "Cherry-pick");
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("no-such-branch");
        assertThat(branch).hasValue("no-such-branch");
        Browser.assertAccessible(page);
        branch.fill("stable");
        click(page, AriaRole.BUTTON, "Cherry-pick");
        assertThat(page.getByRole(AriaRole.STATUS)).hasText("The changes are made again.");
        assertThat(page.locator("pre.message")).hasText("(cherry picked from commit " + fix + ")");
        assertThat(page.locator(".change h3")).hasText("fix.txt");

        show(page, fix);
        page.getByText("Revert or cherry-pick…").click();
        click(page, AriaRole.BUTTON, "Revert");
        assertThat(page.getByRole(AriaRole.STATUS)).hasText("The changes are undone.");
        assertThat(page.locator("h1")).containsText("Revert \"Change fix.txt\"");

        var viewer = server.newUser("viewer");
        assign(viewer, Role.VIEWER);
        var weak = browser.logIn(viewer.name());
        show(weak, fix);
        assertThat(weak.getByText("Revert or cherry-pick…")).hasCount(0);
    }
}
