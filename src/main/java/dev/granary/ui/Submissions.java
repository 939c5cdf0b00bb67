package dev.granary.ui;

import dev.granary.api.Failures;
import dev.granary.kernel.Problem;
import jakarta.servlet.http.HttpServletResponse;
import java.util.function.Function;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.View;

/** Takes forms: does what they ask for and goes on, or shows them again with what is wrong. */
@Component
public class Submissions {
    private final Templates templates;
    private final Cookies cookies;
    private final Failures failures;

    Submissions(Templates templates, Cookies cookies, Failures failures) {
        this.templates = templates;
        this.cookies = cookies;
        this.failures = failures;
    }

    /**
     * Does something and goes to a page that says so.
     *
     * @param notice the key of what that page says
     * @param address where it is
     * @param template of the page with the form
     * @param again makes that page's data of why it did not work
     */
    public View take(
            Viewer viewer,
            HttpServletResponse response,
            Runnable action,
            String notice,
            String address,
            String template,
            Function<String, Object> again) {
        try {
            action.run();
        } catch (Problem problem) {
            return again(viewer, response, problem, template, again);
        }
        cookies.notice(response, notice);
        return Redirects.to(address);
    }

    /** The page with the form once more, and why it did not work. */
    public View again(
            Viewer viewer,
            HttpServletResponse response,
            Problem problem,
            String template,
            Function<String, Object> again) {
        if (!viewer.loggedIn()) {
            throw problem;
        }
        Failures.retryAfter(problem).ifPresent(seconds -> response.setHeader("Retry-After", seconds));
        return templates.view(
                HttpStatus.valueOf(Math.max(problem.code().status(), HttpStatus.BAD_REQUEST.value())),
                template,
                viewer,
                again.apply(failures.text(problem, viewer.locale())));
    }
}
