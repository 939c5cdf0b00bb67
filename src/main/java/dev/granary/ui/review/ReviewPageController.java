package dev.granary.ui.review;

import dev.granary.kernel.Caller;
import dev.granary.kernel.Problem;
import dev.granary.reviews.ApprovalBody;
import dev.granary.reviews.ApprovalService;
import dev.granary.reviews.MergeOrder;
import dev.granary.reviews.MergeService;
import dev.granary.reviews.Person.Part;
import dev.granary.reviews.PickOrder;
import dev.granary.reviews.PickService;
import dev.granary.reviews.RebaseService;
import dev.granary.reviews.VoteService;
import dev.granary.ui.Cookies;
import dev.granary.ui.Redirects;
import dev.granary.ui.RepositoryPage;
import dev.granary.ui.Viewer;
import jakarta.servlet.http.HttpServletResponse;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/** Approvals, votes, and the merge of merge requests with all that goes with it. */
@Controller
@RequestMapping("/-/repositories/{repository}/merge_requests/{iid}")
class ReviewPageController {
    private final ApprovalService approvals;
    private final VoteService votes;
    private final MergeService merges;
    private final RebaseService rebases;
    private final PickService picks;
    private final RequestPages pages;
    private final Cookies cookies;

    ReviewPageController(
            ApprovalService approvals,
            VoteService votes,
            MergeService merges,
            RebaseService rebases,
            PickService picks,
            RequestPages pages,
            Cookies cookies) {
        this.approvals = approvals;
        this.votes = votes;
        this.merges = merges;
        this.rebases = rebases;
        this.picks = picks;
        this.pages = pages;
        this.cookies = cookies;
    }

    /** Does something to the request, and shows it again, with a notice or with why it was refused. */
    private View done(
            Viewer viewer,
            RepositoryPage repository,
            long iid,
            HttpServletResponse response,
            String notice,
            Function<Caller, @Nullable Long> work) {
        try {
            var other = work.apply(viewer.caller());
            cookies.notice(response, notice);
            return Redirects.to(repository.page("merge_requests/" + (other == null ? iid : other)));
        } catch (Problem problem) {
            return pages.failed(viewer, repository, iid, problem);
        }
    }

    /** Approves, rejects or takes that back, as an approver or a reviewer. */
    @PostMapping("/approval")
    View approve(
            Viewer viewer,
            RepositoryPage repository,
            @PathVariable long iid,
            @RequestParam(defaultValue = "approver") String part,
            @RequestParam(defaultValue = "") String word,
            @RequestParam(defaultValue = "") String comment,
            HttpServletResponse response) {
        var asked = part.equals("reviewer") ? Part.REVIEWER : Part.APPROVER;
        return done(viewer, repository, iid, response, "request.word-taken", caller -> {
            approvals.say(caller, repository.repository().id(), iid, asked, new ApprovalBody(word, comment));
            return null;
        });
    }

    /** Votes; without a score takes the vote back. */
    @PostMapping("/vote")
    View vote(
            Viewer viewer,
            RepositoryPage repository,
            @PathVariable long iid,
            @RequestParam(required = false) @Nullable Integer score,
            HttpServletResponse response) {
        return done(viewer, repository, iid, response, "request.word-taken", caller -> {
            if (score == null) {
                votes.delete(caller, repository.repository().id(), iid);
            } else {
                votes.put(caller, repository.repository().id(), iid, score, "vote");
            }
            return null;
        });
    }

    @PostMapping("/merge")
    View merge(
            Viewer viewer,
            RepositoryPage repository,
            @PathVariable long iid,
            @RequestParam(defaultValue = "false") boolean squash,
            @RequestParam(defaultValue = "") String message,
            @RequestParam(defaultValue = "false") boolean force,
            HttpServletResponse response) {
        return done(viewer, repository, iid, response, "request.now-merged", caller -> {
            merges.merge(caller, repository.repository().id(), iid, new MergeOrder(message, squash, force));
            return null;
        });
    }

    @PostMapping("/rebase")
    View rebase(Viewer viewer, RepositoryPage repository, @PathVariable long iid, HttpServletResponse response) {
        return done(viewer, repository, iid, response, "request.now-rebased", caller -> {
            rebases.rebase(caller, repository.repository().id(), iid);
            return null;
        });
    }

    /** Makes the changes of a merged request again on a branch, or undoes them. */
    @PostMapping("/pick")
    View pick(
            Viewer viewer,
            RepositoryPage repository,
            @PathVariable long iid,
            @RequestParam(defaultValue = "") String branch,
            @RequestParam(defaultValue = "false") boolean request,
            @RequestParam(defaultValue = "false") boolean undo,
            HttpServletResponse response) {
        return done(viewer, repository, iid, response, undo ? "request.now-reverted" : "request.now-picked", caller -> {
            var order = new PickOrder(branch, request, null);
            var id = repository.repository().id();
            return (undo ? picks.revert(caller, id, iid, order) : picks.cherryPick(caller, id, iid, order)).iid();
        });
    }
}
