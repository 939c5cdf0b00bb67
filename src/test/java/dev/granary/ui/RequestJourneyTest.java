package dev.granary.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FormData;
import com.microsoft.playwright.options.RequestOptions;
import dev.granary.access.Permission;
import dev.granary.access.Role;
import dev.granary.repositories.RepositoryService;
import dev.granary.testing.Browser;
import dev.granary.testing.GranaryServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Merge requests that are voted on, forced, rebased, made again elsewhere, evaluated, and come from forks. */
class RequestJourneyTest extends RequestPageFixture {
    private int post(Page page, String address, FormData fields) {
        return page.request()
                .post(
                        server.url() + address,
                        RequestOptions.create()
                                .setHeader("Origin", server.url())
                                .setMaxRedirects(0)
                                .setForm(fields))
                .status();
    }

    private static com.microsoft.playwright.Locator part(Page page, String name) {
        return page.getByRole(
                AriaRole.GROUP, new GetByRoleOptions().setName(name).setExact(true));
    }

    @Test
    void votesDecideAndManagersMayForce() {
        begin("voted");
        var owner = browser.logIn(author.name());
        owner.onDialog(Dialog::accept);
        owner.navigate("/" + repository.fullPath() + "/-/settings/merge-requests");
        owner.locator("select[name=reviewMode]").selectOption("vote");
        owner.locator("input[name=votes]").fill("2");
        owner.locator("[value=can-force-merge]").check();
        click(owner, AriaRole.BUTTON, "Save");
        commit("voted", "master", "create", "voted.txt", "1\n");
        owner.navigate(page("/new?source=voted"));
        part(owner, "Voters").getByLabel(reviewer.name()).check();
        click(owner, AriaRole.BUTTON, "Create merge request");
        assertThat(owner.locator(".gates .bad")).hasText("Votes are missing");
        assertThat(owner.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Approve")))
                .hasCount(0);

        var voter = browser.logIn(reviewer.name());
        voter.navigate(page("/1"));
        click(voter, AriaRole.BUTTON, "+2");
        assertThat(voter.getByRole(
                        AriaRole.BUTTON,
                        new GetByRoleOptions().setName("+2").setExact(true).setPressed(true)))
                .isVisible();
        assertThat(voter.locator(".facts")).containsText("+2");
        assertThat(voter.locator(".gates .bad")).hasCount(0);
        Browser.assertAccessible(voter);
        click(voter, AriaRole.BUTTON, "Take back");
        assertThat(voter.locator(".gates .bad")).hasText("Votes are missing");
        click(voter, AriaRole.BUTTON, "-1");
        assertThat(voter.locator(".facts .tag.bad")).hasText("-1");

        var viewer = server.newUser("viewer");
        assign(viewer, Role.VIEWER);
        var weak = browser.logIn(viewer.name());
        weak.navigate(page("/1"));
        assertThat(weak.getByRole(
                        AriaRole.BUTTON, new GetByRoleOptions().setName("+2").setExact(true)))
                .hasCount(0);
        assertThat(post(weak, page("/1/vote"), FormData.create().set("score", "2")))
                .isEqualTo(403);
        // A committer may merge, but passes no gate.
        assertThat(voter.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Merge anyway")))
                .hasCount(0);
        assertThat(post(voter, page("/1/merge"), FormData.create().set("force", "true")))
                .isEqualTo(403);

        owner.navigate(page("/1"));
        click(owner, AriaRole.BUTTON, "Merge anyway");
        assertThat(owner.locator(".request .state")).hasText("Merged");
        assertThat(owner.locator("#timeline")).containsText("force-merged the merge request with commit");
        var zh = browser.logIn("zh-CN", reviewer.name(), GranaryServer.PASSWORD);
        zh.navigate(page("/1"));
        assertThat(zh.locator("#timeline")).containsText("强制");
        Browser.assertAccessible(zh);
    }

    @Test
    void aRequestIsRebasedMergedForwardAndMadeAgainElsewhere() {
        begin("rebased");
        setting(Map.of("merge_method", "ff"));
        commit("stable", "master", "create", "stable.txt", "1\n");
        commit("late", "master", "create", "late.txt", "1\n");
        commit("master", null, "create", "other.txt", "1\n");
        var iid = open("late", "Late", "", reviewer.id());
        var page = browser.logIn(author.name());
        page.navigate(page("/" + iid));
        assertThat(page.locator(".gates .bad").first()).containsText("rebase");
        click(page, AriaRole.BUTTON, "Rebase");
        assertThat(page.getByRole(AriaRole.STATUS)).hasText("The source branch is rebased.");
        assertThat(page.getByRole(
                        AriaRole.BUTTON,
                        new GetByRoleOptions().setName("Rebase").setExact(true)))
                .hasCount(0);
        page.navigate(page("/" + iid + "/versions"));
        assertThat(page.locator(".rows li")).hasCount(2);
        page.navigate(page("/" + iid));
        click(page, AriaRole.BUTTON, "Merge");
        assertThat(page.locator(".request .state")).hasText("Merged");

        page.getByText("Revert or cherry-pick…").click();
        var branch = page.locator(".pick input[name=branch]");
        branch.fill("no-such-branch");
        page.getByLabel("With a merge request").uncheck();
        click(page, AriaRole.BUTTON, "Cherry-pick");
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("no-such-branch");
        assertThat(branch).hasValue("no-such-branch");
        assertThat(page.getByLabel("With a merge request")).not().isChecked();
        branch.fill("stable");
        click(page, AriaRole.BUTTON, "Cherry-pick");
        assertThat(page.getByRole(AriaRole.STATUS)).hasText("The changes are made again.");
        page.navigate("/" + repository.fullPath() + "/-/tree/stable");
        assertThat(page.locator("tr[data-name='late.txt']")).isVisible();
        page.navigate(page("/" + iid));
        page.getByText("Revert or cherry-pick…").click();
        click(page, AriaRole.BUTTON, "Revert");
        assertThat(page.getByRole(AriaRole.STATUS)).hasText("The changes are undone.");
        assertThat(page.locator("h1")).containsText("Revert \"Late\"");
        page.navigate(page("/" + (iid + 1) + "/changes"));
        assertThat(page.locator(".changed .tag")).hasText("Deleted");
        var weak = server.newUser("viewer");
        assign(weak, Role.VIEWER);
        var viewer = browser.logIn(weak.name());
        viewer.navigate(page("/" + iid));
        assertThat(viewer.locator(".pick")).hasCount(0);
        assertThat(post(viewer, page("/" + iid + "/pick"), FormData.create().set("branch", "stable")))
                .isEqualTo(403);
        assertThat(post(viewer, page("/" + (iid + 1) + "/rebase"), FormData.create()))
                .isEqualTo(403);
    }

    @Test
    void twoVersionsAreCompared() {
        begin("versions");
        commit("grows", "master", "create", "first.txt", "1\n");
        var iid = open("grows", "Grows", "");
        commit("grows", null, "create", "second.txt", "2\n");
        var page = browser.logIn(author.name());
        page.navigate(page("/" + iid + "/changes"));
        assertThat(page.locator(".changed")).hasCount(2);
        page.locator("select[name=from]")
                .selectOption(new com.microsoft.playwright.options.SelectOption().setLabel("Version 1"));
        click(page, AriaRole.BUTTON, "Show");
        assertThat(page.locator(".changed")).hasCount(1);
        assertThat(page.locator(".changed .mono").first()).hasText("second.txt");
        assertThat(page.locator(".reviewed .text")).hasText("2");
        Browser.assertAccessible(page);
        page.navigate(page("/" + iid + "/versions"));
        page.getByText("Version 1").click();
        assertThat(page.locator(".changed .mono").first()).hasText("first.txt");
        assertThat(page.navigate(page("/" + iid + "/changes?from=999999")).status())
                .isEqualTo(404);
    }

    @Test
    void aForkAsksForItsChanges() {
        begin("forked");
        var forker = server.newUser("forker");
        assign(forker, Role.DEVELOPER);
        var client = server.http(forker.name(), GranaryServer.PASSWORD);
        var made = client.post(
                "/v2/projects/repositories/fork",
                Map.of(
                        "project_name",
                        GranaryServer.unique("forks"),
                        "repo_name",
                        "copy",
                        "template_id",
                        repository.uuid()));
        var fork = server.bean(RepositoryService.class)
                .requireByUuid(
                        server.caller(forker.name()),
                        made.result().get("repositoryUuid").asString(),
                        Permission.VIEW);
        var change = Map.of(
                "branch",
                "idea",
                "start_branch",
                "master",
                "commit_message",
                "An idea",
                "actions",
                List.of(Map.of("action", "create", "file_path", "idea.txt", "content", "idea\n")));
        assertThat(client.post("/v2/projects/" + fork.id() + "/repository/commits", change)
                        .status())
                .isEqualTo(200);
        var page = browser.logIn(forker.name());
        page.navigate("/" + fork.fullPath() + "/-/branches");
        page.getByLabel("New merge request of idea").click();
        assertThat(page.getByLabel("Target repository")).hasValue(Long.toString(repository.id()));
        Browser.assertAccessible(page);
        click(page, AriaRole.BUTTON, "Create merge request");
        assertThat(page).hasURL(server.url() + page("/1"));
        assertThat(page.locator(".request")).containsText(fork.fullPath() + ":idea");

        var owner = browser.logIn(author.name());
        owner.navigate(page("/1"));
        assertThat(owner.locator(".request")).containsText("?:idea");
        assertThat(owner.locator("main")).not().containsText(fork.fullPath());
        click(owner, AriaRole.BUTTON, "Merge");
        assertThat(owner.locator(".request .state")).hasText("Merged");
        owner.navigate("/" + repository.fullPath());
        assertThat(owner.locator("tr[data-name='idea.txt']")).isVisible();
    }

    @Test
    void theEvaluationGateOpensOnThePage() {
        begin("evaluated");
        setting(Map.of(
                "evaluation_merge_gate",
                true,
                "evaluation_role",
                35,
                "disable_review_by_self",
                true,
                "enable_custom_evaluation",
                true,
                "evaluation_types",
                List.of(HARM, "Tests")));
        commit("evaluated", "master", "create", "evaluated.txt", "1\n");
        var iid = open("evaluated", "Evaluated", "");
        var owner = browser.logIn(author.name());
        owner.navigate(page("/" + iid));
        assertThat(owner.locator(".gates .bad")).containsText("An evaluation is missing");
        owner.locator(".gates").getByText("Evaluations").click();
        assertThat(owner.locator(".blank")).hasText("There is no evaluation yet.");
        assertThat(owner.locator("main form")).hasCount(0);
        assertThat(post(
                        owner,
                        page("/" + iid + "/evaluations"),
                        FormData.create().set("level", "5")))
                .isEqualTo(403);

        var page = browser.logIn("zh-CN", reviewer.name(), GranaryServer.PASSWORD);
        page.navigate(page("/" + iid + "/evaluations"));
        Browser.assertAccessible(page);
        page.locator("main form").evaluate("form => form.noValidate = true");
        page.getByLabel("评语（可选）").fill("\nGood " + HARM);
        page.getByLabel("Tests").selectOption("3");
        click(page, AriaRole.BUTTON, "提交评价");
        assertThat(page.getByRole(AriaRole.ALERT)).isVisible();
        assertThat(page.getByLabel("评语（可选）")).hasValue("\nGood " + HARM);
        assertThat(page.getByLabel("Tests")).hasValue("3");
        page.getByRole(AriaRole.RADIO, new GetByRoleOptions().setName("4")).check();
        page.locator("select[name^=aspect]").first().selectOption("5");
        click(page, AriaRole.BUTTON, "提交评价");
        assertThat(page.locator(".rows li")).containsText(reviewer.name());
        assertThat(page.locator(".rows li")).containsText("Good " + HARM);
        assertThat(page.locator(".rows .tag")).hasText(new String[] {"4 / 5 分", HARM + ": 5 / 5 分", "Tests: 3 / 5 分"});
        assertThat(page.locator("main h2")).containsText("平均 4 / 5 分");
        assertThat(page.locator("main [onerror]")).hasCount(0);
        Browser.assertAccessible(page);
        owner.navigate(page("/" + iid));
        assertThat(owner.locator(".gates .bad")).hasCount(0);
        assertThat(owner.locator(".facts")).containsText("4 of 5 on average (1)");
        click(page, AriaRole.BUTTON, "撤回");
        assertThat(page.locator(".blank")).isVisible();
        assertThat(page.getByRole(AriaRole.RADIO, new GetByRoleOptions().setName("4")))
                .not()
                .isChecked();

        var viewer = server.newUser("viewer");
        assign(viewer, Role.VIEWER);
        var weak = browser.logIn(viewer.name());
        weak.navigate(page("/" + iid + "/evaluations"));
        assertThat(weak.locator("main form")).hasCount(0);
        assertThat(post(
                        weak,
                        page("/" + iid + "/evaluations"),
                        FormData.create().set("level", "5")))
                .isEqualTo(403);
        assertThat(post(weak, page("/" + iid + "/evaluations/delete"), FormData.create()))
                .isEqualTo(403);
        var stranger = browser.logIn(server.newUser("stranger").name());
        assertThat(stranger.navigate(page("/" + iid + "/evaluations")).status()).isEqualTo(404);
        var small = browser.logIn(browser.visitSmall("en"), reviewer.name(), GranaryServer.PASSWORD);
        small.navigate(page("/" + iid + "/evaluations"));
        Browser.assertFits(small);
    }

    @Test
    void namesOfBranchesAreOnlyText() {
        begin("named");
        var name = "x\"'><img/src=x/onerror=document.title='hacked'>&amp;";
        commit(name, "master", "create", "named.txt", "1\n");
        var page = browser.logIn(author.name());
        page.navigate("/" + repository.fullPath() + "/-/tags");
        page.getByText("New tag").click();
        page.locator(".create [name=name]").fill(name);
        page.locator(".create [name=from]").fill("no such \n");
        page.locator(".create [name=message]").fill(HARM);
        page.locator(".create button").click();
        assertThat(page.getByRole(AriaRole.ALERT)).isVisible();
        assertThat(page.locator(".create [name=name]")).hasValue(name);
        assertThat(page.locator(".create [name=message]")).hasValue(HARM);
        harmless(page);
        page.locator(".create [name=name]").fill("v1");
        page.locator(".create [name=from]").fill(name);
        page.locator(".create button").click();
        assertThat(page.locator(".rows")).containsText(HARM);
        page.navigate("/" + repository.fullPath() + "/-/branches");
        var row =
                page.locator(".rows li").filter(new com.microsoft.playwright.Locator.FilterOptions().setHasText(name));
        row.getByRole(AriaRole.LINK).first().click();
        assertThat(page.locator("tr[data-name='named.txt']")).isVisible();
        assertThat(page.locator("main")).containsText(name);
        harmless(page);
        page.navigate(page("/new?source=" + java.net.URLEncoder.encode(name, java.nio.charset.StandardCharsets.UTF_8)));
        page.getByRole(AriaRole.TEXTBOX, new GetByRoleOptions().setName("Title").setExact(true))
                .fill("Named");
        click(page, AriaRole.BUTTON, "Create merge request");
        assertThat(page.locator(".request code").first()).hasText(name);
        harmless(page);
        commit("master", null, "create", "named.txt", "2\n");
        for (var rest : List.of("/1", "/1/changes", "/1/versions", "/1/conflicts", "/1/edit", "")) {
            page.navigate(page(rest));
            harmless(page);
        }
        page.navigate(page("/1/conflicts"));
        assertThat(page.locator(".conflict")).containsText("In all conflicts as on " + name);
        page.getByLabel("In all conflicts as on " + name).check();
        click(page, AriaRole.BUTTON, "Commit to the source branch");
        assertThat(page.getByRole(AriaRole.STATUS)).hasText("The conflicts are resolved.");
        var encoded = RepositoryPage.encode(name);
        for (var rest : List.of(
                "branches",
                "tags",
                "commits/" + encoded,
                "compare?from=master&to=" + encoded,
                "blob/" + encoded + "/named.txt",
                "find_file/" + encoded,
                "edit/" + encoded + "/named.txt",
                "settings/branches")) {
            assertThat(page.navigate("/" + repository.fullPath() + "/-/" + rest).status())
                    .as(rest)
                    .isEqualTo(200);
            harmless(page);
        }
        var rule = page.locator("form.after");
        rule.locator("[name=name]").fill(name);
        rule.locator("button").last().click();
        assertThat(page.locator(".rows b.mono").first()).hasText(name);
        harmless(page);
    }

    private static void harmless(Page page) {
        assertThat(page.locator("[onerror]")).hasCount(0);
        assertThat(page.title()).doesNotContain("hacked ·").endsWith("Granary");
    }
}
