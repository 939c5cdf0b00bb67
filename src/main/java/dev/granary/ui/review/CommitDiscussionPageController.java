package dev.granary.ui.review;

import dev.granary.reviews.CommitDiscussionService;
import dev.granary.reviews.DiscussionThread;
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

/** What is said of commits; the page of a commit shows it. */
@Controller
@RequestMapping("/-/repositories/{repository}/commit/{sha}/discussions")
class CommitDiscussionPageController {
    private final CommitDiscussionService discussions;
    private final DiscussionPages answers;

    CommitDiscussionPageController(CommitDiscussionService discussions, DiscussionPages answers) {
        this.discussions = discussions;
        this.answers = answers;
    }

    /** Says something about lines. */
    @PostMapping("/lines")
    View openOnLines(
            Viewer viewer,
            RepositoryPage repository,
            @PathVariable String sha,
            LinePlace lines,
            @RequestParam(defaultValue = "") String body,
            HttpServletResponse response) {
        var id = repository.repository().id();
        return answers.opened(
                viewer,
                place(repository, sha),
                response,
                lines,
                body,
                asked -> discussions.open(viewer.caller(), id, sha, asked));
    }

    @PostMapping("/{id}/replies")
    View reply(
            Viewer viewer,
            RepositoryPage repository,
            @PathVariable String sha,
            @PathVariable String id,
            @RequestParam(defaultValue = "") String body) {
        var in = repository.repository().id();
        return changed(viewer, repository, sha, id, () -> discussions.reply(viewer.caller(), in, sha, id, body));
    }

    @PostMapping("/{id}/resolve")
    View resolve(
            Viewer viewer,
            RepositoryPage repository,
            @PathVariable String sha,
            @PathVariable String id,
            @RequestParam boolean resolved) {
        var in = repository.repository().id();
        return changed(viewer, repository, sha, id, () -> discussions.resolve(viewer.caller(), in, sha, id, resolved));
    }

    @PostMapping("/{id}/notes/{note}")
    View change(
            Viewer viewer,
            RepositoryPage repository,
            @PathVariable String sha,
            @PathVariable String id,
            @PathVariable long note,
            @RequestParam(defaultValue = "") String body) {
        var in = repository.repository().id();
        return changed(viewer, repository, sha, id, () -> discussions.change(viewer.caller(), in, sha, id, note, body));
    }

    @PostMapping("/{id}/notes/{note}/delete")
    View delete(
            Viewer viewer,
            RepositoryPage repository,
            @PathVariable String sha,
            @PathVariable String id,
            @PathVariable long note) {
        var in = repository.repository().id();
        return changed(
                viewer,
                repository,
                sha,
                id,
                () -> discussions.delete(viewer.caller(), in, sha, id, note).orElse(null));
    }

    private static DiscussionPages.Place place(RepositoryPage repository, String sha) {
        return new DiscussionPages.Place(repository.commit(sha) + "/discussions", false);
    }

    private View changed(
            Viewer viewer,
            RepositoryPage repository,
            String sha,
            String id,
            Supplier<@Nullable DiscussionThread> change) {
        return answers.changed(
                viewer,
                place(repository, sha),
                change,
                () -> discussions.show(viewer.caller(), repository.repository().id(), sha, id));
    }
}
