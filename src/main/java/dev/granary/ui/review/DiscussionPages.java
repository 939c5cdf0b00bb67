package dev.granary.ui.review;

import dev.granary.api.Failures;
import dev.granary.kernel.Problem;
import dev.granary.reviews.DiscussionThread;
import dev.granary.reviews.NewDiscussion;
import dev.granary.ui.Discussed;
import dev.granary.ui.Markdown;
import dev.granary.ui.Templates;
import dev.granary.ui.Viewer;
import jakarta.servlet.http.HttpServletResponse;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.View;

/** Answers what is done to single discussions, where they stand: with what they look like then. */
@Component
class DiscussionPages {
    private final Markdown markdown;
    private final Templates templates;
    private final Failures failures;

    DiscussionPages(Markdown markdown, Templates templates, Failures failures) {
        this.markdown = markdown;
        this.templates = templates;
        this.failures = failures;
    }

    /**
     * The discussions of one subject.
     *
     * @param address what their addresses have in common
     * @param applies whether suggestions can be applied
     */
    record Place(String address, boolean applies) {}

    /** A discussion that was opened on lines, or why it was not, above the form that asked for it. */
    View opened(
            Viewer viewer,
            Place place,
            HttpServletResponse response,
            LinePlace lines,
            String body,
            Function<NewDiscussion, DiscussionThread> opening) {
        try {
            var asked = new NewDiscussion(body, null, null, null, null, null, null, lines.position());
            return view(HttpStatus.OK, viewer, place, opening.apply(asked), null);
        } catch (Problem problem) {
            response.setHeader("HX-Retarget", "#comment-failure");
            response.setHeader("HX-Reswap", "innerHTML");
            return templates.view(
                    HttpStatus.valueOf(problem.code().status()),
                    "review/failure",
                    viewer,
                    failures.text(problem, viewer.locale()));
        }
    }

    /**
     * A discussion as it is after a change, or with why that was refused; nothing when it is gone.
     *
     * @param change answers null when nothing is left
     */
    View changed(
            Viewer viewer, Place place, Supplier<@Nullable DiscussionThread> change, Supplier<DiscussionThread> now) {
        try {
            var thread = change.get();
            return thread == null
                    ? templates.view("review/nothing", viewer, "")
                    : view(HttpStatus.OK, viewer, place, thread, null);
        } catch (Problem problem) {
            return view(
                    HttpStatus.valueOf(problem.code().status()),
                    viewer,
                    place,
                    now.get(),
                    failures.text(problem, viewer.locale()));
        }
    }

    private View view(
            HttpStatus status, Viewer viewer, Place place, DiscussionThread thread, @Nullable String failure) {
        return templates.view(
                status,
                "review/thread",
                viewer,
                new Discussed(place.address(), thread, markdown, place.applies(), failure));
    }
}
