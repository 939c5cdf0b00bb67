package dev.granary.ui.home;

import dev.granary.api.Failures;
import dev.granary.identity.BrowserSessions;
import dev.granary.kernel.Problem;
import dev.granary.ui.Cookies;
import dev.granary.ui.Redirects;
import dev.granary.ui.Templates;
import dev.granary.ui.Viewer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/** Logging in and out, and the choices that are kept in the browser. */
@Controller
class SessionPageController {
    private static final Set<String> LANGUAGES = Set.of("", "en", "zh-CN");
    private static final Set<String> THEMES = Set.of("", "light", "dark");

    private final BrowserSessions sessions;
    private final Cookies cookies;
    private final Templates templates;
    private final Failures failures;

    SessionPageController(BrowserSessions sessions, Cookies cookies, Templates templates, Failures failures) {
        this.sessions = sessions;
        this.cookies = cookies;
        this.templates = templates;
        this.failures = failures;
    }

    @GetMapping("/-/login")
    View form(Viewer viewer, @RequestParam(defaultValue = "") String next) {
        return viewer.loggedIn()
                ? Redirects.to(target(viewer, next))
                : templates.view("home/login", viewer, new LoginForm("", next, null));
    }

    @PostMapping("/-/login")
    View logIn(
            Viewer viewer,
            HttpServletRequest request,
            HttpServletResponse response,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String password,
            @RequestParam(defaultValue = "") String next) {
        try {
            var secret = sessions.start(name.strip(), password, request.getRemoteAddr(), Cookies.agent(request));
            cookies.setSession(response, secret, BrowserSessions.LIFE);
            return Redirects.to(target(viewer, next));
        } catch (Problem problem) {
            Failures.retryAfter(problem).ifPresent(seconds -> response.setHeader("Retry-After", seconds));
            return templates.view(
                    HttpStatus.valueOf(problem.code().status()),
                    "home/login",
                    viewer,
                    new LoginForm(name, next, failures.text(problem, viewer.locale())));
        }
    }

    private static String target(Viewer viewer, String next) {
        return Redirects.isOurs(next) ? next : viewer.link("/");
    }

    @PostMapping("/-/logout")
    View logOut(Viewer viewer, HttpServletRequest request, HttpServletResponse response) {
        Cookies.read(request, Cookies.SESSION).ifPresent(sessions::end);
        cookies.clear(response, Cookies.SESSION);
        cookies.notice(response, "login.ended");
        return Redirects.to(viewer.link("/"));
    }

    @PostMapping("/-/choices")
    View choose(
            Viewer viewer,
            HttpServletResponse response,
            @RequestParam(required = false) @Nullable String language,
            @RequestParam(required = false) @Nullable String theme,
            @RequestParam(defaultValue = "") String next) {
        if (language != null && LANGUAGES.contains(language)) {
            cookies.setChoice(response, Cookies.LANGUAGE, language);
        }
        if (theme != null && THEMES.contains(theme)) {
            cookies.setChoice(response, Cookies.THEME, theme);
        }
        return Redirects.to(target(viewer, next));
    }
}
