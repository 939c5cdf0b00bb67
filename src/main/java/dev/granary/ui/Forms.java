package dev.granary.ui;

import dev.granary.api.Failures;
import dev.granary.kernel.Problem;
import jakarta.servlet.http.HttpServletResponse;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.View;

/**
 * Takes what forms send: the reader is sent on, or sees the page again with what is wrong. What was typed is then in
 * {@link Viewer#typed}.
 */
@Component
public class Forms {
    private final Cookies cookies;
    private final Templates templates;
    private final Failures failures;

    Forms(Cookies cookies, Templates templates, Failures failures) {
        this.cookies = cookies;
        this.templates = templates;
        this.failures = failures;
    }

    /**
     * A form.
     *
     * @param notice the key of what is said when it was taken
     * @param next where to go then
     * @param template of the page that the form is on
     * @param again makes that page anew, with what is wrong as a text
     */
    public record Form(String notice, String next, String template, Function<String, Object> again) {}

    /** Does what a form asks for. */
    public View take(Viewer viewer, HttpServletResponse response, Form form, Runnable action) {
        return go(viewer, response, form, () -> {
            action.run();
            return form.next();
        });
    }

    /** Does what a form asks for, and sends the reader where that says. */
    public View go(Viewer viewer, HttpServletResponse response, Form form, Supplier<String> action) {
        String next;
        try {
            next = action.get();
        } catch (Problem problem) {
            return refused(viewer, response, form, problem);
        }
        cookies.notice(response, form.notice());
        return Redirects.to(next);
    }

    /** The page with a form that was refused, and why. */
    public View refused(Viewer viewer, HttpServletResponse response, Form form, Problem problem) {
        if (!viewer.loggedIn()) {
            throw problem;
        }
        Failures.retryAfter(problem).ifPresent(seconds -> response.setHeader("Retry-After", seconds));
        var status = HttpStatus.valueOf(Math.max(problem.code().status(), HttpStatus.BAD_REQUEST.value()));
        return templates.view(
                status, form.template(), viewer, form.again().apply(failures.text(problem, viewer.locale())));
    }
}
