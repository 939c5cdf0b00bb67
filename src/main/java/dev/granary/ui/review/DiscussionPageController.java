package dev.granary.ui.review;

import dev.granary.kernel.Problem;
import dev.granary.reviews.DiscussionThread;
import dev.granary.reviews.NewDiscussion;
import dev.granary.reviews.RequestDiscussionService;
import dev.granary.ui.Cookies;
import dev.granary.ui.Redirects;
import dev.granary.ui.RepositoryPage;
import dev.granary.ui.Viewer;
import jakarta.servlet.http.HttpServletResponse;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/** What is said of merge requests. Single discussions are changed where they are: the answer is what they look like then. */
@Controller
@RequestMapping("/-/repositories/{repository}/merge_requests/{iid}/discussions")
class DiscussionPageController {
    private final RequestDiscussionService discussions;
    private final RequestPages pages;
    private final DiscussionPages answers;
    private final Cookies cookies;

    DiscussionPageController(
            RequestDiscussionService discussions, RequestPages pages, DiscussionPages answers, Cookies cookies) {
        this.discussions = discussions;
        this.pages = pages;
        this.answers = answers;
        this.cookies = cookies;
    }

    /** Says something about the request as a whole. */
    @PostMapping
    View open(
            Viewer viewer,
            RepositoryPage repository,
            @PathVariable long iid,
            @RequestParam(defaultValue = "") String body,
            @RequestParam(defaultValue = "") String severity,
            HttpServletResponse response) {
        try {
            var made = discussions.open(
                    viewer.caller(),
                    repository.repository().id(),
                    iid,
                    new NewDiscussion(body, severity, null, null, null, null, null, null));
            cookies.notice(response, "discussion.said");
            return Redirects.to(repository.page("merge_requests/" + iid + "#discussion-" + made.id()));
        } catch (Problem problem) {
            return pages.failed(viewer, repository, iid, problem);
        }
    }

    @PostMapping("/{id}/replies")
    View reply(
            Viewer viewer,
            RepositoryPage repository,
            @PathVariable long iid,
            @PathVariable String id,
            @RequestParam(defaultValue = "") String body) {
        var place = repository.repository().id();
        return answer(viewer, repository, iid, id, () -> discussions.reply(viewer.caller(), place, iid, id, body));
    }

    @PostMapping("/{id}/resolve")
    View resolve(
            Viewer viewer,
            RepositoryPage repository,
            @PathVariable long iid,
            @PathVariable String id,
            @RequestParam boolean resolved) {
        var place = repository.repository().id();
        return answer(
                viewer, repository, iid, id, () -> discussions.resolve(viewer.caller(), place, iid, id, resolved));
    }

    @PostMapping("/{id}/notes/{note}")
    View change(
            Viewer viewer,
            RepositoryPage repository,
            @PathVariable long iid,
            @PathVariable String id,
            @PathVariable long note,
            @RequestParam(defaultValue = "") String body) {
        var place = repository.repository().id();
        return answer(
                viewer, repository, iid, id, () -> discussions.change(viewer.caller(), place, iid, id, note, body));
    }

    @PostMapping("/{id}/notes/{note}/delete")
    View delete(
            Viewer viewer,
            RepositoryPage repository,
            @PathVariable long iid,
            @PathVariable String id,
            @PathVariable long note) {
        var place = repository.repository().id();
        return answer(
                viewer,
                repository,
                iid,
                id,
                () -> discussions.delete(viewer.caller(), place, iid, id, note).orElse(null));
    }

    @PostMapping("/{id}/notes/{note}/apply")
    View apply(
            Viewer viewer,
            RepositoryPage repository,
            @PathVariable long iid,
            @PathVariable String id,
            @PathVariable long note,
            @RequestParam(defaultValue = "0") int index) {
        var place = repository.repository().id();
        return answer(viewer, repository, iid, id, () -> {
            discussions.apply(viewer.caller(), place, iid, id, note, index);
            return discussions.show(viewer.caller(), place, iid, id);
        });
    }

    private View answer(
            Viewer viewer,
            RepositoryPage repository,
            long iid,
            String id,
            Supplier<@Nullable DiscussionThread> change) {
        var place = new DiscussionPages.Place(RequestPage.discussions(repository, iid), true);
        return answers.changed(
                viewer,
                place,
                change,
                () -> discussions.show(viewer.caller(), repository.repository().id(), iid, id));
    }
}
