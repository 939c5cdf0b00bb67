package dev.granary.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.granary.projects.ProjectService;
import dev.granary.repositories.HostedRepository;
import dev.granary.repositories.RepositoryService;
import dev.granary.testing.Browser;
import dev.granary.testing.Git;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.SshIdentity;
import dev.granary.testing.TestDatabase;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** People look after their own account on the page. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ResourceLock(Browser.LOCK)
class AccountPageTest {
    private static final String HOSTILE = "<img src=x onerror=\"document.title='hacked'\">";

    private final GranaryServer server = GranaryServer.shared(TestDatabase.SQLITE);
    private Browser browser;
    private String user;
    private HostedRepository repository;

    @BeforeAll
    void prepare() {
        browser = new Browser(server);
        user = server.newUser("owner").name();
        var caller = server.caller(user);
        var project = server.bean(ProjectService.class).create(caller, GranaryServer.unique("own"), "", null);
        repository = server.bean(RepositoryService.class).create(caller, project, "app", "", 0);
    }

    @AfterAll
    void end() {
        browser.close();
    }

    private static Locator button(Locator where, String name) {
        return where.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name));
    }

    private static void visit(Page page, String area) {
        page.locator(".side")
                .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName(area))
                .click();
        assertThat(page.locator("h1")).hasText(area);
        Browser.assertAccessible(page);
    }

    @Test
    void aKeyAndATokenLetGitIn(@TempDir Path folder) {
        var page = browser.logIn(user);
        page.onDialog(Dialog::accept);
        page.navigate("/-/profile");
        visit(page, "SSH keys");
        var identity = SshIdentity.make(folder, "ed25519");
        page.getByLabel("Title").fill(HOSTILE);
        page.locator("textarea[name=key]").fill("ssh-ed25519 nonsense");
        button(page.locator("main"), "Add key").click();
        assertThat(page.getByRole(AriaRole.ALERT)).isVisible();
        page.locator("textarea[name=key]").fill(identity.publicKey());
        button(page.locator("main"), "Add key").click();
        assertThat(page.getByRole(AriaRole.STATUS)).hasText("The key was added.");
        assertThat(page.locator(".rows b")).hasText(HOSTILE);
        Browser.assertAccessible(page);
        Browser.picture(page, "ssh-keys");

        var git = Git.in(folder).with("GIT_SSH_COMMAND", identity.command());
        git.ok("init", "-q", "-b", "main");
        git.commitFile("a.txt", "a\n", "First");
        git.ok("push", "-q", "ssh://git@127.0.0.1:" + server.sshPort() + "/" + repository.fullPath() + ".git", "main");
        page.reload();
        assertThat(page.locator(".rows")).containsText("last used");
        button(page.locator(".rows"), "Remove").click();
        assertThat(page.getByRole(AriaRole.STATUS)).hasText("The key was removed.");

        visit(page, "Access tokens");
        page.getByLabel("Name").fill(HOSTILE);
        button(page.locator("main"), "Make token").click();
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("scopes");
        page.getByLabel("Write to repositories").check();
        page.getByLabel("Read repositories").check();
        button(page.locator("main"), "Make token").click();
        var secret = page.locator(".copy input").inputValue();
        assertThat(secret).startsWith("grn_");
        Browser.assertAccessible(page);
        var url = server.url().replace("//", "//" + user + ":" + secret + "@");
        git.commitFile("b.txt", "b\n", "Second");
        git.ok("push", "-q", url + "/" + repository.fullPath() + ".git", "main");
        page.navigate("/-/profile/tokens");
        assertThat(page.locator("main")).not().containsText(secret);
        button(page.locator(".rows"), "Revoke").click();
        assertThat(page.locator("main")).containsText("There is no token yet.");
        git.commitFile("c.txt", "c\n", "Third");
        assertThat(git.run("push", "-q", url + "/" + repository.fullPath() + ".git", "main")
                        .exit())
                .isNotZero();

        visit(page, "Access keys (AK/SK)");
        button(page.locator("main"), "Make access key").click();
        assertThat(page.getByLabel("Secret key (SK)")).not().isEmpty();
        button(page.locator(".rows"), "Switch off").click();
        assertThat(page.locator(".rows .tag")).hasText("Off");

        visit(page, "GPG keys");
        page.getByLabel("Title").fill("mine");
        page.locator("textarea[name=key]").fill("none");
        button(page.locator("main"), "Add key").click();
        assertThat(page.getByRole(AriaRole.ALERT)).isVisible();
    }

    @Test
    void aNewPasswordEndsOtherSessions() {
        var name = server.newUser("changer").name();
        var elsewhere = browser.logIn(name);
        var page = browser.logIn("zh-CN", name, GranaryServer.PASSWORD);
        page.navigate("/-/profile");
        Browser.assertAccessible(page);
        visit(page, "登录会话");
        assertThat(page.locator(".rows > li")).hasCount(2);
        assertThat(page.locator(".rows .tag")).hasText("当前会话");
        assertThat(page.locator(".rows")).containsText("127.0.0.1");
        visit(page, "密码");
        page.getByLabel("当前密码").fill("wrong password");
        page.getByLabel("新密码").fill("another good password");
        button(page.locator("main"), "修改密码").click();
        assertThat(page.getByRole(AriaRole.ALERT)).isVisible();
        page.getByLabel("当前密码").fill(GranaryServer.PASSWORD);
        page.getByLabel("新密码").fill("another good password");
        button(page.locator("main"), "修改密码").click();
        assertThat(page.getByRole(AriaRole.STATUS)).containsText("密码已修改");
        button(page.locator("main"), "停用").click();
        assertThat(page.locator("main")).containsText("只接受访问令牌");
        button(page.locator("main"), "启用").click();
        assertThat(page.locator("main")).containsText("使用访问令牌更为安全");
        elsewhere.navigate("/-/profile");
        assertThat(elsewhere).hasTitle("Log in · Granary");

        var another = browser.logIn("en", name, "another good password");
        page.navigate("/-/profile/sessions");
        button(page.locator(".rows"), "结束").first().click();
        assertThat(page.locator(".rows > li")).hasCount(1);
        another.navigate("/-/profile");
        assertThat(another).hasTitle("Log in · Granary");
    }

    @Test
    void choicesAndTheAddressOfCommitsAreOnTheProfile() {
        var page = browser.visitSmall("en");
        page.navigate("/-/login?next=/-/profile");
        page.locator("main input[name=name]").fill(user);
        page.locator("main input[name=password]").fill(GranaryServer.PASSWORD);
        page.locator("main button.primary").click();
        Browser.assertFits(page);
        page.getByLabel("New address").fill("new@example.com");
        button(page.locator("main"), "Send a code").click();
        assertThat(page.getByRole(AriaRole.ALERT)).isVisible();
        page.getByLabel("Code from the mail").fill("000000");
        button(page.locator("main"), "Confirm").click();
        assertThat(page.getByRole(AriaRole.ALERT)).isVisible();
        page.navigate("/-/profile");
        page.locator("main").getByLabel("Theme").selectOption("dark");
        page.locator("main").getByLabel("Language").selectOption("zh-CN");
        button(page.locator("main"), "Save").click();
        assertThat(page.locator("h1")).hasText("个人信息");
        assertThat(page.locator("html")).hasAttribute("data-theme", "dark");
        Browser.assertAccessible(page);
        for (var area : new String[] {"ssh_keys", "gpg_keys", "tokens", "access_keys", "password", "sessions"}) {
            page.navigate("/-/profile/" + area);
            Browser.assertFits(page);
            assertThat(server.asNobody().get("/-/profile/" + area).status()).isEqualTo(302);
        }
        assertThat(server.asNobody()
                        .with("Content-Type", "application/x-www-form-urlencoded")
                        .post("/-/profile/password", "current=a&password=b")
                        .status())
                .isEqualTo(401);
    }
}
