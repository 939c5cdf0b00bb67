package dev.granary.ui;

import dev.granary.api.Failures;
import dev.granary.kernel.Caller;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.view.RedirectView;

/** The pages that say what went wrong. Somebody who has not logged in is asked to, whether or not the thing exists. */
@Component
public class ErrorPages {
    private static final Set<Integer> LOG_IN_MAY_HELP = Set.of(401, 403, 404);

    private final Templates templates;
    private final Viewers viewers;
    private final Failures failures;

    ErrorPages(Templates templates, Viewers viewers, Failures failures) {
        this.templates = templates;
        this.viewers = viewers;
        this.failures = failures;
    }

    /**
     * A failure as a page.
     *
     * @param status the HTTP status
     * @param text what went wrong, in the reader's language
     */
    public record Failed(int status, String text) {}

    /** The page for a problem. */
    View of(HttpServletRequest request, HttpServletResponse response, Problem problem) {
        var viewer = viewers.of(request, response);
        var status = Math.max(problem.code().status(), HttpStatus.BAD_REQUEST.value());
        var isRead = request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
        if (viewer.caller() instanceof Caller.Anonymous && isRead && LOG_IN_MAY_HELP.contains(status)) {
            var login = viewer.link("/-/login?next=" + URLEncoder.encode(viewer.address(), StandardCharsets.UTF_8));
            return new RedirectView(login);
        }
        Failures.retryAfter(problem).ifPresent(seconds -> response.setHeader("Retry-After", seconds));
        // Who may not see a private thing is told the same as of one that does not exist; its text would name it.
        var shown = problem.code() == ErrorCode.UNAUTHENTICATED ? HttpStatus.UNAUTHORIZED : HttpStatus.valueOf(status);
        return templates.view(
                shown, "error", viewer, new Failed(shown.value(), failures.text(problem, viewer.locale())));
    }

    /** Answers a request that fails in a filter. */
    void write(HttpServletRequest request, HttpServletResponse response, Problem problem) throws IOException {
        try {
            of(request, response, problem).render(Map.of(), request, response);
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
