package dev.granary.ui.settings;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.granary.ui.settings.SettingsPageFixture.post;
import static dev.granary.ui.settings.SettingsPageFixture.press;
import static dev.granary.ui.settings.SettingsPageFixture.settings;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import dev.granary.access.Permission;
import dev.granary.access.PermissionMatrix;
import dev.granary.access.Role;
import dev.granary.kernel.Scope;
import dev.granary.projects.ProjectService;
import dev.granary.testing.Browser;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.Groups;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What roles may do, on the pages of repositories, groups and projects. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ResourceLock(Browser.LOCK)
class PermissionsPageTest {
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

    private boolean allows(Scope scope, Role role, Permission permission) {
        return fixture.server.bean(PermissionMatrix.class).at(scope).allows(role, permission);
    }

    private static void set(Page page, String cell, boolean on) {
        page.getByLabel(cell, new Page.GetByLabelOptions().setExact(true)).setChecked(on);
    }

    @Test
    void aProjectGivesRolesPermissionsWhichItsGroupsHaveUntilTheyStop() {
        var project = fixture.server
                .bean(ProjectService.class)
                .create(
                        fixture.server.caller(fixture.owner.name()),
                        GranaryServer.unique("matrix") + " " + EVIL,
                        "",
                        "scrum");
        var group = Groups.create(fixture.as(fixture.owner), project.uuid(), null);
        var page = browser.logIn(fixture.owner.name());
        page.navigate("/" + project.path());
        page.getByRole(AriaRole.LINK, new GetByRoleOptions().setName("Permissions"))
                .click();
        assertThat(page.locator(".place .path")).containsText(EVIL);
        Browser.assertAccessible(page);
        set(page, "Tester: Code, Commit", true);
        press(page, "Save");
        assertThat(page.getByRole(AriaRole.STATUS)).hasText("The permissions were changed.");
        assertThat(page.getByLabel("Tester: Code, Commit")).isChecked();
        assertThat(allows(new Scope.Project(project.id()), Role.TESTER, Permission.COMMIT))
                .isTrue();
        assertThat(allows(group, Role.TESTER, Permission.COMMIT)).isTrue();
        Browser.picture(page, "permissions");

        var inGroup = browser.logIn("zh-CN", fixture.owner.name(), GranaryServer.PASSWORD);
        inGroup.navigate("/-/places/group/" + group.id() + "/permissions");
        assertThat(inGroup.locator("main")).containsText("当前使用上层的权限配置。");
        assertThat(inGroup.locator(".matrix input")).hasCount(0);
        Browser.assertAccessible(inGroup);
    }

    @Test
    void aRepositoryStopsInheritingAndOthersChangesStay() {
        var repository = fixture.repository("matrix");
        var scope = new Scope.Repository(repository.id());
        var page = browser.logIn(fixture.owner.name());
        page.navigate(settings(repository, "general"));
        page.getByRole(AriaRole.LINK, new GetByRoleOptions().setName("Permissions"))
                .click();
        assertThat(page.locator("main")).containsText("These are the permissions of the level above.");
        press(page, "Set them here");
        Browser.assertAccessible(page);
        var early = browser.logIn(fixture.owner.name());
        early.navigate(settings(repository, "permissions"));
        set(page, "Developer: Tag, Delete", true);
        set(page, "Developer: Branch, Create", false);
        press(page, "Save");
        assertThat(page.getByRole(AriaRole.STATUS)).isVisible();
        set(early, "Developer: Branch, Delete", false);
        press(early, "Save");
        assertThat(early.getByRole(AriaRole.STATUS)).isVisible();
        assertThat(allows(scope, Role.DEVELOPER, Permission.TAG_DELETE)).isTrue();
        assertThat(allows(scope, Role.DEVELOPER, Permission.BRANCH_CREATE)).isFalse();
        assertThat(allows(scope, Role.DEVELOPER, Permission.BRANCH_DELETE)).isFalse();
        assertThat(post(page, settings(repository, "permissions"), Map.of("on", "8.201")))
                .isEqualTo(400);
        assertThat(post(page, settings(repository, "permissions"), Map.of("on", "8.x")))
                .isEqualTo(400);
        assertThat(post(page, settings(repository, "permissions"), Map.of("on", EVIL)))
                .isEqualTo(400);
        press(early, "Use those of the level above");
        assertThat(early.locator(".matrix input")).hasCount(0);
        assertThat(allows(scope, Role.DEVELOPER, Permission.BRANCH_CREATE)).isTrue();
        assertThat(post(page, settings(repository, "permissions"), Map.of("on", "4.502")))
                .isEqualTo(409);

        var small = browser.visitSmall("en");
        SettingsPageFixture.logIn(small, fixture.owner);
        small.navigate(settings(repository, "permissions"));
        Browser.assertFits(small);
    }

    @Test
    void membersSeeThemAndOnlyManagersChangeThem() {
        var repository = fixture.repository("seen");
        var weak = browser.logIn(fixture.developer.name());
        weak.navigate("/" + repository.fullPath());
        weak.getByRole(AriaRole.LINK, new GetByRoleOptions().setName("Notifications"))
                .click();
        weak.getByRole(AriaRole.LINK, new GetByRoleOptions().setName("Permissions"))
                .click();
        assertThat(weak.locator(".matrix .good").first()).isVisible();
        assertThat(weak.locator("main button, .matrix input")).hasCount(0);
        Browser.assertAccessible(weak);
        var stranger = browser.logIn(fixture.server.newUser("stranger").name());
        var address = settings(repository, "permissions");
        assertThat(stranger.navigate(address).status()).isEqualTo(404);
        var place = "/" + fixture.project.path() + "/-/permissions";
        assertThat(weak.navigate(place).status()).isEqualTo(200);
        assertThat(stranger.navigate(place).status()).isEqualTo(404);
        for (var path : new String[] {address, place}) {
            assertThat(post(weak, path, Map.of("on", "4.502"))).as(path).isEqualTo(403);
            assertThat(post(weak, path + "/inherits", Map.of("inherits", "false")))
                    .as(path)
                    .isEqualTo(403);
            assertThat(post(stranger, path, Map.of("on", "4.502"))).as(path).isEqualTo(404);
        }
    }
}
