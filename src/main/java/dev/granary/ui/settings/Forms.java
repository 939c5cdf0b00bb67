package dev.granary.ui.settings;

import dev.granary.api.Failures;
import dev.granary.kernel.Problem;
import dev.granary.ui.Cookies;
import dev.granary.ui.Redirects;
import dev.granary.ui.Templates;
import dev.granary.ui.Viewer;
import jakarta.servlet.http.HttpServletResponse;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.View;

/** Takes what forms send: the reader is sent on, or sees the page again with what is wrong. */
@Component
class Forms {
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
    record Form(String notice, String next, String template, Function<String, Object> again) {}

    /** Does what a form asks for. */
    View take(Viewer viewer, HttpServletResponse response, Form form, Runnable action) {
        return go(viewer, response, form, () -> {
            action.run();
            return form.next();
        });
    }

    /** Does what a form asks for, and sends the reader where that says. */
    View go(Viewer viewer, HttpServletResponse response, Form form, Supplier<String> action) {
        String next;
        try {
            next = action.get();
        } catch (Problem problem) {
            return refused(viewer, form, problem);
        }
        cookies.notice(response, form.notice());
        return Redirects.to(next);
    }

    private View refused(Viewer viewer, Form form, Problem problem) {
        var status = HttpStatus.valueOf(Math.max(problem.code().status(), HttpStatus.BAD_REQUEST.value()));
        return templates.view(
                status, form.template(), viewer, form.again().apply(failures.text(problem, viewer.locale())));
    }
}
