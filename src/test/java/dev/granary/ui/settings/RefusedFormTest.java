package dev.granary.ui.settings;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.granary.ui.settings.SettingsPageFixture.settings;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.granary.access.Role;
import dev.granary.repositories.HostedRepository;
import dev.granary.testing.Browser;
import dev.granary.testing.GranaryServer;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.ResourceLock;

/** A form that is refused says why and keeps all that was typed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ResourceLock(Browser.LOCK)
class RefusedFormTest {
    private static final String EVIL = "<img src=x onerror=\"document.title='hacked'\"> \"'";

    private final SettingsPageFixture fixture = SettingsPageFixture.shared();
    private Browser browser;
    private HostedRepository repository;

    @BeforeAll
    void prepare() {
        browser = new Browser(fixture.server);
        repository = fixture.repository("refused");
    }

    @AfterAll
    void end() {
        browser.close();
    }

    private Locator form(Page page, String area, String action) {
        page.navigate(settings(repository, area));
        return page.locator("form[action$='" + settings(repository, action) + "'][method=post]");
    }

    /** Sends a form past what the browser would check, and finds it again on the page that comes back. */
    private static void refuse(Page page, Locator form) {
        form.evaluate("form => form.noValidate = true");
        var answer =
                page.waitForNavigation(() -> form.evaluate("form => form.requestSubmit(form.querySelector('button'))"));
        assertThat(answer.status()).as(answer.url()).isBetween(400, 499);
        assertThat(page.getByRole(AriaRole.ALERT)).isVisible();
        assertThat(page.locator("main [onerror]")).hasCount(0);
    }

    private static Locator field(Locator form, String name) {
        return form.locator("[name=" + name + "]");
    }

    @Test
    void settingsKeepWhatWasTyped() {
        var page = browser.logIn(fixture.owner.name());
        var general = form(page, "general", "general");
        field(general, "name").fill("no/slash");
        field(general, "description").fill("\n" + EVIL);
        general.locator("[name=visibility][value='20']").check();
        refuse(page, general);
        assertThat(field(general, "name")).hasValue("no/slash");
        assertThat(field(general, "description")).hasValue("\n" + EVIL);
        assertThat(general.locator("[name=visibility][value='20']")).isChecked();
        var branch = form(page, "general", "default-branch");
        field(branch, "branch").fill("no-such-branch");
        refuse(page, branch);
        assertThat(field(branch, "branch")).hasValue("no-such-branch");
        assertThat(field(page.locator("form[action$='settings/general']"), "name"))
                .hasValue(repository.name());

        var member = form(page, "members", "members");
        field(member, "name").fill("nobody-of-this-name");
        field(member, "role").selectOption(String.valueOf(Role.PROJECT_MANAGER.number()));
        refuse(page, member);
        assertThat(field(member, "name")).hasValue("nobody-of-this-name");
        assertThat(field(member, "role")).hasValue(String.valueOf(Role.PROJECT_MANAGER.number()));

        var requests = form(page, "merge-requests", "merge-requests");
        field(requests, "method").selectOption("ff");
        requests.locator("[value=can-force-merge]").check();
        field(requests, "mergeMessage").evaluate("field => field.value = 'x'.repeat(3000)");
        refuse(page, requests);
        assertThat(field(requests, "method")).hasValue("ff");
        assertThat(requests.locator("[value=can-force-merge]")).isChecked();
        assertThat(field(requests, "mergeMessage")).hasValue("x".repeat(3_000));

        var items = form(page, "work-items", "work-items");
        field(items, "linked").check();
        field(items, "prefix").fill(EVIL);
        field(items, "url").fill("javascript:alert(1)");
        refuse(page, items);
        assertThat(field(items, "linked")).isChecked();
        assertThat(field(items, "prefix")).hasValue(EVIL);
        assertThat(field(items, "url")).hasValue("javascript:alert(1)");
        Browser.assertAccessible(page);

        var transfer = form(page, "danger", "transfer");
        field(transfer, "namespace").fill("nowhere at all");
        field(transfer, "confirm").fill(repository.fullPath());
        refuse(page, transfer);
        assertThat(field(transfer, "namespace")).hasValue("nowhere at all");
        assertThat(field(transfer, "confirm")).hasValue(repository.fullPath());
        assertThat(field(page.locator("form[action$='settings/delete']"), "confirm"))
                .hasValue("");
    }

    @Test
    void listsKeepWhatWasTypedOfNewAndOldEntries() {
        for (var name : new String[] {"first", "second"}) {
            assertThat(fixture.as(fixture.owner)
                            .post(
                                    "/v4/repositories/" + repository.id() + "/labels",
                                    Map.of("name", name, "color", "#112233"))
                            .status())
                    .isEqualTo(200);
        }
        var page = browser.logIn("zh-CN", fixture.owner.name(), GranaryServer.PASSWORD);
        var label = form(page, "labels", "labels");
        field(label, "name").fill("first");
        field(label, "color").fill("#abcdef");
        field(label, "description").fill(EVIL);
        refuse(page, label);
        assertThat(field(label, "name")).hasValue("first");
        assertThat(field(label, "color")).hasValue("#abcdef");
        assertThat(field(label, "description")).hasValue(EVIL);
        var second = page.locator("li")
                .filter(new Locator.FilterOptions().setHas(page.locator("[name=label][value=second]")))
                .locator("form.fields");
        page.navigate(settings(repository, "labels"));
        field(second, "name").evaluate("field => field.value = 'first'");
        refuse(page, second);
        assertThat(field(second, "name")).isVisible();
        assertThat(field(second, "name")).hasValue("first");
        assertThat(page.locator("details[open] form.fields")).hasCount(1);
        Browser.assertAccessible(page);

        var rule = form(page, "branches", "branches");
        field(rule, "name").fill("release/*");
        field(rule, "pushUsers").fill("nobody-of-this-name");
        field(rule, "force").check();
        field(rule, "merge").uncheck();
        rule.locator("[name=pushRoles]").last().check();
        refuse(page, rule);
        assertThat(field(rule, "name")).hasValue("release/*");
        assertThat(field(rule, "pushUsers")).hasValue("nobody-of-this-name");
        assertThat(field(rule, "force")).isChecked();
        assertThat(field(rule, "merge")).not().isChecked();
        assertThat(rule.locator("[name=pushRoles]").last()).isChecked();

        var push = form(page, "push", "push/rules");
        field(push, "name").fill(EVIL);
        field(push, "message").fill("(");
        field(push, "size").fill("7");
        field(push, "binaries").check();
        refuse(page, push);
        assertThat(field(push, "name")).hasValue(EVIL);
        assertThat(field(push, "message")).hasValue("(");
        assertThat(field(push, "size")).hasValue("7");
        assertThat(field(push, "binaries")).isChecked();

        var mirror = form(page, "mirror", "mirror");
        field(mirror, "url").fill("http://10.0.0.1/" + EVIL);
        field(mirror, "username").fill("somebody");
        field(mirror, "password").fill("not shown again");
        refuse(page, mirror);
        assertThat(field(mirror, "url")).hasValue("http://10.0.0.1/" + EVIL);
        assertThat(field(mirror, "username")).hasValue("somebody");
        assertThat(field(mirror, "password")).hasValue("");

        var key = form(page, "keys", "keys");
        field(key, "title").fill(EVIL);
        field(key, "key").fill("no key");
        field(key, "push").check();
        refuse(page, key);
        assertThat(field(key, "title")).hasValue(EVIL);
        assertThat(field(key, "key")).hasValue("no key");
        assertThat(field(key, "push")).isChecked();
    }

    /** The form of a page that is not a repository's settings. */
    private static Locator formAt(Page page, String address, String action) {
        page.navigate(address);
        return page.locator("main form[action$='" + action + "'][method=post]");
    }

    @Test
    void formsOfOnesOwnAccountKeepWhatWasTyped() {
        var page = browser.logIn(fixture.server.newUser("typist").name());
        for (var keys : new String[] {"/-/profile/ssh_keys", "/-/profile/gpg_keys"}) {
            var key = formAt(page, keys, keys);
            field(key, "title").fill(EVIL);
            field(key, "key").fill("no key");
            refuse(page, key);
            assertThat(field(key, "title")).hasValue(EVIL);
            assertThat(field(key, "key")).hasValue("no key");
        }
        var token = formAt(page, "/-/profile/tokens", "/-/profile/tokens");
        field(token, "name").fill(EVIL);
        field(token, "expires").fill("2001-02-03");
        token.locator("[value=read_repository]").check();
        refuse(page, token);
        assertThat(field(token, "name")).hasValue(EVIL);
        assertThat(field(token, "expires")).hasValue("2001-02-03");
        assertThat(token.locator("[value=read_repository]")).isChecked();
        assertThat(token.locator("[name=scopes]:checked")).hasCount(1);
        var email = formAt(page, "/-/profile", "/-/profile/email-code");
        field(email, "email").fill("no address");
        refuse(page, email);
        assertThat(field(page.locator("main form[action*='/-/profile/email']"), "email"))
                .hasValue("no address");
        var password = formAt(page, "/-/profile/password", "/-/profile/password");
        field(password, "current").fill("not the password");
        field(password, "password").fill("another long password");
        refuse(page, password);
        assertThat(field(password, "current")).hasValue("");
        assertThat(field(password, "password")).hasValue("");
        Browser.assertAccessible(page);
    }

    @Test
    void formsOfPlacesKeepWhatWasTyped() {
        var page = browser.logIn(fixture.owner.name());
        var place = "/" + fixture.project.path();
        var project = formAt(page, "/-/projects/new", "/-/projects/new");
        field(project, "name").fill(" ");
        field(project, "description").fill(EVIL);
        refuse(page, project);
        assertThat(field(project, "description")).hasValue(EVIL);
        var group = formAt(page, "/-/groups/new", "/-/groups/new");
        field(group, "name").fill("no/slash");
        field(group, "description").fill(EVIL);
        group.locator("[value=public]").check();
        refuse(page, group);
        assertThat(field(group, "name")).hasValue("no/slash");
        assertThat(field(group, "description")).hasValue(EVIL);
        assertThat(group.locator("[value=public]")).isChecked();
        var made = formAt(page, "/-/new", "/-/new");
        field(made, "name").fill("no/slash");
        field(made, "description").fill(EVIL);
        field(made, "readme").check();
        field(made, "gitignore").selectOption("java");
        refuse(page, made);
        assertThat(field(made, "name")).hasValue("no/slash");
        assertThat(field(made, "description")).hasValue(EVIL);
        assertThat(field(made, "readme")).isChecked();
        assertThat(field(made, "gitignore")).hasValue("java");
        var imported = formAt(page, "/-/new?from=import", "/-/new");
        field(imported, "url").fill("javascript:" + EVIL);
        field(imported, "username").fill("somebody");
        field(imported, "password").fill("not shown again");
        field(imported, "name").fill("imported");
        refuse(page, imported);
        assertThat(field(imported, "url")).hasValue("javascript:" + EVIL);
        assertThat(field(imported, "username")).hasValue("somebody");
        assertThat(field(imported, "password")).hasValue("");
        assertThat(field(imported, "name")).hasValue("imported");
        var person = formAt(page, place + "/-/members", place + "/-/members");
        field(person, "name").fill("nobody-of-this-name");
        refuse(page, person);
        assertThat(field(person, "name")).hasValue("nobody-of-this-name");
        var settings = formAt(page, place + "/-/settings", place + "/-/settings");
        field(settings, "name").fill(" ");
        field(settings, "description").fill(EVIL);
        refuse(page, settings);
        assertThat(field(settings, "description")).hasValue(EVIL);
        Browser.assertAccessible(page);
    }
}
