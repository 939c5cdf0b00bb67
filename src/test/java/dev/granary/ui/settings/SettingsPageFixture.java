package dev.granary.ui.settings;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import dev.granary.access.AccessService;
import dev.granary.access.Role;
import dev.granary.identity.UserAccount;
import dev.granary.kernel.Scope;
import dev.granary.projects.Project;
import dev.granary.projects.ProjectService;
import dev.granary.repositories.HostedRepository;
import dev.granary.repositories.RepositoryService;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.Http;
import dev.granary.testing.TestDatabase;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionTemplate;

/** A project of an owner's, with members of two roles, on a server that may call this machine. */
final class SettingsPageFixture {
    private static @Nullable SettingsPageFixture shared;

    final GranaryServer server = GranaryServer.start(
            TestDatabase.SQLITE,
            "--granary.outbound-allow=127.0.0.0/8",
            "--granary.webhooks.timeout=2s",
            "--granary.webhooks.retry-after=50ms",
            "--granary.webhooks.retry-for=300ms",
            "--granary.webhooks.disable-after=1h",
            "--granary.mirrors.retry-after=200ms",
            "--granary.jobs.poll=100ms");
    final UserAccount owner = server.newUser("owner");
    final Project project;
    final UserAccount viewer;
    final UserAccount developer;

    private SettingsPageFixture() {
        project = server.bean(ProjectService.class)
                .create(server.caller(owner.name()), GranaryServer.unique("settings"), "", "scrum");
        viewer = member(Role.VIEWER);
        developer = member(Role.DEVELOPER);
    }

    /** The one that the tests of all areas share. */
    static synchronized SettingsPageFixture shared() {
        if (shared == null) {
            shared = new SettingsPageFixture();
            Runtime.getRuntime().addShutdownHook(new Thread(shared.server::close));
        }
        return shared;
    }

    UserAccount member(Role role) {
        var user = server.newUser(role.key());
        server.bean(TransactionTemplate.class)
                .executeWithoutResult(_ -> server.bean(AccessService.class)
                        .assign(owner.id(), new Scope.Project(project.id()), user.id(), role));
        return user;
    }

    /** A private repository with a commit on {@code master}. */
    HostedRepository repository(String name) {
        var made = server.bean(RepositoryService.class)
                .create(server.caller(owner.name()), project, GranaryServer.unique(name), "", 0);
        var answer = as(owner)
                .post(
                        "/v2/projects/" + made.id() + "/repository/commits",
                        Map.of(
                                "branch",
                                "master",
                                "commit_message",
                                "Begin",
                                "actions",
                                List.of(Map.of("action", "create", "file_path", "a.txt", "content", "a\n"))));
        if (answer.status() != 200) {
            throw new AssertionError(answer.toString());
        }
        return made;
    }

    Http as(UserAccount user) {
        return server.http(user.name(), GranaryServer.PASSWORD);
    }

    /** The clone address with the credentials of a user. */
    String cloneUrl(HostedRepository repository, UserAccount user) {
        return server.url().replace("//", "//" + user.name() + ":" + GranaryServer.PASSWORD.replace(" ", "%20") + "@")
                + "/" + repository.fullPath() + ".git";
    }

    /** A page of a repository's settings. */
    static String settings(HostedRepository repository, String area) {
        return "/" + repository.fullPath() + "/-/settings/" + area;
    }

    /** What a form of a page would be answered, sent by somebody else's session. */
    static int post(Page page, String path, Map<String, String> fields) {
        var form = com.microsoft.playwright.options.RequestOptions.create().setMaxRedirects(0);
        var data = com.microsoft.playwright.options.FormData.create();
        fields.forEach(data::set);
        return page.request().post(path, form.setForm(data)).status();
    }

    /** Logs a user in on a page that speaks any language. */
    static void logIn(Page page, UserAccount user) {
        page.navigate("/-/login");
        page.locator("main input[name=name]").fill(user.name());
        page.locator("main input[name=password]").fill(GranaryServer.PASSWORD);
        page.locator("main button.primary").click();
    }

    static void press(Page page, String name) {
        page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName(name).setExact(true))
                .first()
                .click();
    }
}
