package dev.granary.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FormData;
import com.microsoft.playwright.options.RequestOptions;
import dev.granary.access.Role;
import dev.granary.repositories.RepositoryService;
import dev.granary.testing.Browser;
import dev.granary.testing.Git;
import dev.granary.testing.GranaryServer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Conflicts of merge requests, decided in the browser. */
class ConflictsPageTest extends RequestPageFixture {
    private static final String MIDDLE = "3\n4\n5\n6\n7\n8\n9\n10\n";
    private static final String ODD = "odd <b>& name.txt";

    /** A commit of several files: pairs of a path and what it becomes, null for nothing. */
    private void commit(String branch, @Nullable String from, String action, @Nullable String[] files) {
        var actions = new ArrayList<Map<String, Object>>();
        for (var index = 0; index < files.length; index += 2) {
            var content = files[index + 1];
            actions.add(
                    content == null
                            ? Map.of("action", "delete", "file_path", files[index])
                            : Map.of(
                                    "action",
                                    action,
                                    "file_path",
                                    files[index],
                                    "encoding",
                                    "base64",
                                    "content",
                                    Base64.getEncoder().encodeToString(content.getBytes(StandardCharsets.UTF_8))));
        }
        var body = new HashMap<String, Object>(
                Map.of("branch", branch, "commit_message", "Change " + branch, "actions", actions));
        if (from != null) {
            body.put("start_branch", from);
        }
        var made = server.http(author.name(), GranaryServer.PASSWORD)
                .post("/v2/projects/" + repository.id() + "/repository/commits", body);
        assertThat(made.status()).as(made.toString()).isEqualTo(200);
    }

    private String content(String branch, String file) {
        try (var git = server.bean(RepositoryService.class).open(repository)) {
            return Git.in(git.getDirectory().toPath()).ok("show", branch + ":" + file);
        }
    }

    private static Locator file(Page page, String path) {
        return page.getByRole(
                AriaRole.REGION, new GetByRoleOptions().setName(path).setExact(true));
    }

    private int post(Page page, long iid, FormData fields) {
        return page.request()
                .post(
                        server.url() + page("/" + iid + "/conflicts"),
                        RequestOptions.create()
                                .setHeader("Origin", server.url())
                                .setMaxRedirects(0)
                                .setForm(fields))
                .status();
    }

    @Test
    void everyConflictIsDecidedAndWhatWasDecidedSurvivesRefusals() {
        commit("master", null, "create", new String[] {
            "lines.txt",
            "1\n2\n" + MIDDLE + "11\n",
            "text.txt",
            "a\r\nb\r\n",
            "gone.txt",
            "g\n",
            "bin",
            "\0",
            ODD,
            "o\n"
        });
        commit("deciding", "master", "update", new String[] {
            "lines.txt",
            "one " + HARM + "\n2\n" + MIDDLE + "eleven\n",
            "text.txt",
            "ours\r\nb\r\n",
            "gone.txt",
            "kept\n",
            "bin",
            "\0ours",
            ODD,
            "ours\n"
        });
        commit("master", null, "update", new String[] {
            "lines.txt",
            "uno\n2\n3\n4\n5\n6 changed\n7\n8\n9\n10\nundici\n",
            "text.txt",
            "theirs\r\nb\r\n",
            "gone.txt",
            null,
            "bin",
            "\0theirs",
            ODD,
            "theirs\n"
        });
        var iid = open("deciding", "Deciding", "");
        var page = browser.logIn(author.name());
        page.navigate(page("/" + iid));
        assertThat(page.locator(".gates .bad")).hasText("There are conflicts with the target branch");
        assertThat(page.getByRole(
                        AriaRole.BUTTON, new GetByRoleOptions().setName("Merge").setExact(true)))
                .isDisabled();
        click(page, AriaRole.LINK, "Resolve conflicts");
        assertThat(page.locator(".conflict")).hasCount(5);
        assertThat(page.locator("main [onerror]")).hasCount(0);
        var lines = file(page, "lines.txt");
        var text = file(page, "text.txt");
        assertThat(lines.locator(".sides")).hasCount(2);
        assertThat(lines).containsText("one " + HARM);
        assertThat(file(page, "gone.txt")).containsText("Deleted on the target branch");
        assertThat(file(page, "bin")).containsText("not text");
        assertThat(file(page, "bin").locator("textarea")).hasCount(0);
        assertThat(text.locator("textarea")).isHidden();
        Browser.assertAccessible(page);
        Browser.picture(page, "conflicts");

        lines.locator(".sides").first().getByLabel("deciding").check();
        text.getByLabel("Edit the text").check();
        assertThat(text.locator(".sides")).isHidden();
        assertThat(text.locator("textarea")).hasValue("<<<<<<< deciding\nours\n=======\ntheirs\n>>>>>>> master\nb\n");
        text.locator("textarea").fill("<<<<<<< deciding\nours\nboth\nb\n");
        file(page, "gone.txt").getByLabel("The file as on deciding").check();
        file(page, "bin").getByLabel("The file as on master").check();
        file(page, ODD).getByLabel("In all conflicts as on master").check();
        page.getByLabel("Commit message").fill("Decide\n\nall");
        // The second conflict of a file is not decided, then a marker is left.
        for (var left : List.of("lines.txt", "text.txt")) {
            click(page, AriaRole.BUTTON, "Commit to the source branch");
            assertThat(page.getByRole(AriaRole.ALERT)).hasText("The conflict in " + left + " is not resolved.");
            assertThat(text.locator("textarea")).hasValue("<<<<<<< deciding\nours\nboth\nb\n");
            assertThat(lines.locator(".sides").first().getByLabel("deciding")).isChecked();
            assertThat(file(page, "bin").getByLabel("The file as on master")).isChecked();
            assertThat(page.getByLabel("Commit message")).hasValue("Decide\n\nall");
            lines.locator(".sides").last().getByLabel("master").check();
        }
        Browser.assertAccessible(page);
        text.locator("textarea").fill("ours\nboth\nb\n");
        click(page, AriaRole.BUTTON, "Commit to the source branch");
        assertThat(page.getByRole(AriaRole.STATUS)).hasText("The conflicts are resolved.");
        assertThat(page.locator(".gates")).containsText("There are no conflicts with the target branch");
        assertThat(content("deciding", "lines.txt"))
                .isEqualTo("one " + HARM + "\n2\n3\n4\n5\n6 changed\n7\n8\n9\n10\nundici");
        assertThat(content("deciding", "text.txt")).isEqualTo("ours\r\nboth\r\nb");
        assertThat(content("deciding", "gone.txt")).isEqualTo("kept");
        assertThat(content("deciding", "bin")).isEqualTo("\0theirs");
        assertThat(content("deciding", ODD)).isEqualTo("theirs");
        page.navigate(page("/" + iid + "/conflicts"));
        assertThat(page.locator(".blank")).hasText("There are no conflicts.");
        page.navigate(page("/" + iid));
        click(page, AriaRole.BUTTON, "Merge");
        assertThat(page.locator(".request .state")).hasText("Merged");
    }

    @Test
    void whatChangedMeanwhileIsLookedAtAgainAndNoScriptIsNeeded() {
        commit("master", null, "create", new String[] {"race.txt", "1\n" + MIDDLE});
        commit("racing", "master", "update", new String[] {"race.txt", "ours\n" + MIDDLE});
        commit("master", null, "update", new String[] {"race.txt", "theirs\n" + MIDDLE});
        var iid = open("racing", "Racing", "");
        var page = browser.logIn(browser.visitWithoutScripts("zh-CN"), author.name(), GranaryServer.PASSWORD);
        page.navigate(page("/" + iid + "/conflicts"));
        Browser.assertFits(page);
        var file = file(page, "race.txt");
        file.getByLabel("编辑文本").check();
        file.locator("textarea").fill("both\n" + MIDDLE);
        commit("master", null, "update", new String[] {"race.txt", "theirs\n" + MIDDLE + "more\n"});
        click(page, AriaRole.BUTTON, "提交到源分支");
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("race.txt");
        assertThat(file.locator(".warn")).isVisible();
        assertThat(file.locator("textarea")).hasValue("both\n" + MIDDLE);
        Browser.assertFits(page);
        file.locator("textarea").fill("both\n" + MIDDLE + "more\n");
        click(page, AriaRole.BUTTON, "提交到源分支");
        assertThat(page.getByRole(AriaRole.STATUS)).hasText("冲突已解决。");
        assertThat(content("racing", "race.txt")).isEqualTo("both\n" + MIDDLE + "more");
    }

    @Test
    void othersOnlySeeThem() {
        commit("seen", "master", "create", "seen.txt", "one\n");
        commit("master", null, "create", "seen.txt", "other\n");
        var iid = open("seen", "Seen", "");
        var viewer = server.newUser("viewer");
        assign(viewer, Role.VIEWER);
        var weak = browser.logIn(viewer.name());
        weak.navigate(page("/" + iid));
        click(weak, AriaRole.LINK, "Show conflicts");
        assertThat(weak.locator(".rows")).containsText("seen.txt");
        assertThat(weak.locator("main pre")).containsText("git switch seen");
        assertThat(weak.locator("main form")).hasCount(0);
        Browser.assertAccessible(weak);
        assertThat(post(weak, iid, FormData.create().set("file", "x").set("way-x", "head")))
                .isEqualTo(403);
        var stranger = browser.logIn(server.newUser("stranger").name());
        assertThat(post(stranger, iid, FormData.create())).isEqualTo(404);
        assertThat(stranger.navigate(page("/" + iid + "/conflicts")).status()).isEqualTo(404);
        assertThat(post(browser.visit("en"), iid, FormData.create())).isEqualTo(401);

        var page = browser.logIn(author.name());
        assertThat(post(page, iid, FormData.create())).isEqualTo(400);
        assertThat(post(page, iid, FormData.create().set("file", "x").set("new-x", "no.txt")))
                .isEqualTo(409);
        assertThat(post(page, iid, FormData.create().set("text-x", "x".repeat(1_200_000))))
                .isBetween(400, 499);
    }
}
