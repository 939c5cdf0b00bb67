package dev.granary.ui.repository;

import dev.granary.api.Failures;
import dev.granary.commits.Commit;
import dev.granary.content.ChangedFile;
import dev.granary.content.ChangedFiles;
import dev.granary.content.DiffService;
import dev.granary.content.HistoryService;
import dev.granary.identity.CommitSignatures;
import dev.granary.identity.CommitSignatures.Checked;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Slice;
import dev.granary.refs.RefBrowseService;
import dev.granary.reviews.CommitDiscussionService;
import dev.granary.reviews.NewDiscussion;
import dev.granary.reviews.PickOrder;
import dev.granary.reviews.PickService;
import dev.granary.reviews.RequestBrowseService;
import dev.granary.ui.Cookies;
import dev.granary.ui.Markdown;
import dev.granary.ui.Redirects;
import dev.granary.ui.RepositoryPage;
import dev.granary.ui.Templates;
import dev.granary.ui.Viewer;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/** A commit: what it changed, where it is, what is said of it, and making or undoing its changes elsewhere. */
@Controller
@RequestMapping("/-/repositories/{repository}/commit/{id}")
class CommitPageController {
    private static final int FILES = 20;
    private static final Slice REFS = new Slice(0, 12);
    private static final int MOST_PAGES = 10_000;

    private final HistoryService history;
    private final DiffService diffs;
    private final CommitSignatures signatures;
    private final CommitDiscussionService discussions;
    private final RefBrowseService refs;
    private final RequestBrowseService requests;
    private final PickService picks;
    private final Markdown markdown;
    private final Templates templates;
    private final Cookies cookies;
    private final Failures failures;

    CommitPageController(
            HistoryService history,
            DiffService diffs,
            CommitSignatures signatures,
            CommitDiscussionService discussions,
            RefBrowseService refs,
            RequestBrowseService requests,
            PickService picks,
            Markdown markdown,
            Templates templates,
            Cookies cookies,
            Failures failures) {
        this.history = history;
        this.diffs = diffs;
        this.signatures = signatures;
        this.discussions = discussions;
        this.refs = refs;
        this.requests = requests;
        this.picks = picks;
        this.markdown = markdown;
        this.templates = templates;
        this.cookies = cookies;
        this.failures = failures;
    }

    @GetMapping
    View show(
            Viewer viewer,
            RepositoryPage repository,
            @PathVariable("id") String id,
            @RequestParam(defaultValue = "1") int page) {
        return templates.view("repository/commit", viewer, page(viewer, repository, id, page, null));
    }

    private CommitPage page(Viewer viewer, RepositoryPage repository, String id, int page, @Nullable String failure) {
        var in = repository.repository().id();
        var commit = history.commit(viewer.caller(), in, id);
        var files = diffs.changedFiles(viewer.caller(), in, commit.id(), new Slice(0, FILES));
        var number = Math.clamp(page, 1, MOST_PAGES);
        var rows = new Slice((number - 1L) * CommitPage.ROWS, CommitPage.ROWS);
        var signed = commit.signed();
        return new CommitPage(
                repository,
                commit,
                signed == null ? Checked.NONE : signatures.check(signed),
                changes(viewer, repository, commit, files),
                discussions.list(viewer.caller(), in, commit.id(), rows),
                number,
                markdown,
                failure);
    }

    private ChangesPage changes(Viewer viewer, RepositoryPage repository, Commit commit, ChangedFiles files) {
        var parents = commit.parentIds();
        var address = repository.commit(commit.id());
        var paths = files.files().stream().map(ChangedFile::path).toList();
        var said = discussions.onLines(viewer.caller(), repository.repository().id(), commit.id(), paths);
        return new ChangesPage(
                repository,
                files,
                parents.isEmpty() ? "" : parents.getFirst(),
                commit.id(),
                address + "/changes",
                new LineTalk(address + "/discussions", said, markdown));
    }

    /** Further files that the commit changed, for the end of the page that shows the first ones. */
    @GetMapping("/changes")
    View changes(Viewer viewer, RepositoryPage repository, @PathVariable("id") String id, @RequestParam long offset) {
        var in = repository.repository().id();
        var files = diffs.changedFiles(viewer.caller(), in, id, new Slice(Math.max(offset, 1), FILES));
        var commit = history.commit(viewer.caller(), in, id);
        return templates.view("repository/changes", viewer, changes(viewer, repository, commit, files));
    }

    /** One file that the commit changed. */
    @GetMapping(path = "/changes", params = "path")
    View change(Viewer viewer, RepositoryPage repository, @PathVariable("id") String id, @RequestParam String path) {
        var in = repository.repository().id();
        var file = diffs.changedFile(viewer.caller(), in, id, path);
        var commit = history.commit(viewer.caller(), in, id);
        var files = new ChangedFiles(List.of(file), 0, 1, true, 0, 0);
        return templates.view(
                "repository/change", viewer, new ChangedFilePage(changes(viewer, repository, commit, files), file));
    }

    /** Where the commit is, which may take longer to find out than all the rest. */
    @GetMapping("/refs")
    View refs(Viewer viewer, RepositoryPage repository, @PathVariable("id") String id) {
        var in = repository.repository().id();
        return templates.view(
                "repository/commitrefs",
                viewer,
                new CommitRefs(
                        repository,
                        refs.branchesWith(viewer.caller(), in, id, REFS),
                        refs.tagsWith(viewer.caller(), in, id, REFS),
                        requests.having(viewer.caller(), in, id, REFS)));
    }

    /** Says something about the commit as a whole. */
    @PostMapping("/discussions")
    View open(
            Viewer viewer,
            RepositoryPage repository,
            @PathVariable("id") String id,
            @RequestParam(defaultValue = "") String body,
            HttpServletResponse response) {
        try {
            var made = discussions.open(
                    viewer.caller(),
                    repository.repository().id(),
                    id,
                    new NewDiscussion(body, null, null, null, null, null, null, null));
            cookies.notice(response, "discussion.said");
            return Redirects.to(repository.commit(id) + "#discussion-" + made.id());
        } catch (Problem problem) {
            return failed(viewer, repository, id, problem);
        }
    }

    private View failed(Viewer viewer, RepositoryPage repository, String id, Problem problem) {
        return templates.view(
                HttpStatus.valueOf(problem.code().status()),
                "repository/commit",
                viewer,
                page(viewer, repository, id, 1, failures.text(problem, viewer.locale())));
    }

    /** Makes the commit's changes again on a branch, or undoes them. */
    @PostMapping("/pick")
    View pick(
            Viewer viewer,
            RepositoryPage repository,
            @PathVariable("id") String id,
            @RequestParam(defaultValue = "") String branch,
            @RequestParam(defaultValue = "false") boolean request,
            @RequestParam(defaultValue = "false") boolean undo,
            HttpServletResponse response) {
        try {
            var order = new PickOrder(branch, request, null);
            var in = repository.repository().id();
            var picked = undo
                    ? picks.revert(viewer.caller(), in, id, order)
                    : picks.cherryPick(viewer.caller(), in, id, order);
            cookies.notice(response, undo ? "request.now-reverted" : "request.now-picked");
            return Redirects.to(
                    picked.iid() == null
                            ? repository.commit(picked.commit().id())
                            : repository.page("merge_requests/" + picked.iid()));
        } catch (Problem problem) {
            return failed(viewer, repository, id, problem);
        }
    }
}
