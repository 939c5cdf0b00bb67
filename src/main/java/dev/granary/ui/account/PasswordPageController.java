package dev.granary.ui.account;

import dev.granary.access.AccessService;
import dev.granary.identity.BrowserSessions;
import dev.granary.identity.HttpsPasswords;
import dev.granary.identity.UserAdministration;
import dev.granary.identity.UserChange;
import dev.granary.ui.Cookies;
import dev.granary.ui.Forms;
import dev.granary.ui.Forms.Form;
import dev.granary.ui.Redirects;
import dev.granary.ui.Templates;
import dev.granary.ui.Viewer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/** The reader's password, and where the reader has logged in with it. */
@Controller
class PasswordPageController {
    private static final String PASSWORD = "/-/profile/password";
    private static final String TEMPLATE = "account/password";
    private static final String SESSIONS = "/-/profile/sessions";

    private final UserAdministration users;
    private final HttpsPasswords forGit;
    private final BrowserSessions sessions;
    private final AccessService access;
    private final Cookies cookies;
    private final Templates templates;
    private final Forms forms;

    PasswordPageController(
            UserAdministration users,
            HttpsPasswords forGit,
            BrowserSessions sessions,
            AccessService access,
            Cookies cookies,
            Templates templates,
            Forms forms) {
        this.users = users;
        this.forGit = forGit;
        this.sessions = sessions;
        this.access = access;
        this.cookies = cookies;
        this.templates = templates;
        this.forms = forms;
    }

    @GetMapping(PASSWORD)
    View password(Viewer viewer) {
        return templates.view(TEMPLATE, viewer, page(viewer, null));
    }

    /** Ends every session of the user and begins a new one here. */
    @PostMapping(PASSWORD)
    View changePassword(
            Viewer viewer,
            HttpServletRequest request,
            HttpServletResponse response,
            @RequestParam(defaultValue = "") String current,
            @RequestParam(defaultValue = "") String password) {
        return forms.take(
                viewer,
                response,
                new Form("account.password-changed", viewer.link(PASSWORD), TEMPLATE, failure -> page(viewer, failure)),
                () -> {
                    var user = access.requireUser(viewer.caller());
                    var address = request.getRemoteAddr();
                    var change = new UserChange(null, password, null, null, null, null, null, current);
                    users.changePassword(user, user.uuid(), change, address);
                    var secret = sessions.start(user.name(), password, address, Cookies.agent(request));
                    cookies.setSession(response, secret, BrowserSessions.LIFE);
                });
    }

    @PostMapping(PASSWORD + "/git")
    View changeForGit(
            Viewer viewer, HttpServletResponse response, @RequestParam(defaultValue = "false") String accepted) {
        return forms.take(
                viewer,
                response,
                new Form("account.saved", viewer.link(PASSWORD), TEMPLATE, failure -> page(viewer, failure)),
                () -> forGit.accept(viewer.caller(), accepted));
    }

    private PasswordPage page(Viewer viewer, @Nullable String failure) {
        return new PasswordPage(forGit.accepted(viewer.caller()), failure);
    }

    @GetMapping(SESSIONS)
    View sessions(Viewer viewer, HttpServletRequest request) {
        var all = sessions.list(viewer.caller());
        var secret = Cookies.read(request, Cookies.SESSION).orElse("");
        var current = all.stream()
                .filter(session -> BrowserSessions.isOf(session, secret))
                .map(session -> session.id())
                .findFirst()
                .orElse("");
        return templates.view("account/sessions", viewer, new SessionsPage(all, current));
    }

    @PostMapping(SESSIONS + "/{session}/end")
    View endSession(Viewer viewer, HttpServletResponse response, @PathVariable("session") String session) {
        sessions.end(viewer.caller(), session);
        cookies.notice(response, "account.session-ended");
        return Redirects.to(viewer.link(SESSIONS));
    }
}
