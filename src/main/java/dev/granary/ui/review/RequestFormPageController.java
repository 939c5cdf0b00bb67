package dev.granary.ui.review;

import dev.granary.access.AccessService;
import dev.granary.access.Permission;
import dev.granary.api.Failures;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Scope;
import dev.granary.refs.BranchListService;
import dev.granary.repositories.RepositoryService;
import dev.granary.reviews.ApprovalService;
import dev.granary.reviews.MergeRequestCreationService;
import dev.granary.reviews.MergeRequestService;
import dev.granary.reviews.MergeRequestSettings;
import dev.granary.reviews.MergeRequestUpdateService;
import dev.granary.reviews.Person.Part;
import dev.granary.reviews.RequestOverview;
import dev.granary.reviews.RequestOverviewService;
import dev.granary.reviews.RequestPeopleService;
import dev.granary.reviews.RequestPeopleService.Candidate;
import dev.granary.ui.Cookies;
import dev.granary.ui.Redirects;
import dev.granary.ui.RepositoryPage;
import dev.granary.ui.Templates;
import dev.granary.ui.Viewer;
import jakarta.servlet.http.HttpServletResponse;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/** Forms that make and change merge requests. */
@Controller
@RequestMapping("/-/repositories/{repository}/merge_requests")
class RequestFormPageController {
    private static final String FORM = "review/form";
    private static final String VOTE = "vote";
    private static final int MOST_BRANCHES = 50;

    private final MergeRequestCreationService creation;
    private final MergeRequestUpdateService updates;
    private final ApprovalService approvals;
    private final RequestOverviewService overviews;
    private final MergeRequestService requests;
    private final MergeRequestSettings settings;
    private final RequestPeopleService people;
    private final BranchListService branches;
    private final RepositoryService repositories;
    private final AccessService access;
    private final Templates templates;
    private final Cookies cookies;
    private final Failures failures;

    RequestFormPageController(
            MergeRequestCreationService creation,
            MergeRequestUpdateService updates,
            ApprovalService approvals,
            RequestOverviewService overviews,
            MergeRequestService requests,
            MergeRequestSettings settings,
            RequestPeopleService people,
            BranchListService branches,
            RepositoryService repositories,
            AccessService access,
            Templates templates,
            Cookies cookies,
            Failures failures) {
        this.creation = creation;
        this.updates = updates;
        this.approvals = approvals;
        this.overviews = overviews;
        this.requests = requests;
        this.settings = settings;
        this.people = people;
        this.branches = branches;
        this.repositories = repositories;
        this.access = access;
        this.templates = templates;
        this.cookies = cookies;
        this.failures = failures;
    }

    @GetMapping("/new")
    View empty(
            Viewer viewer,
            RepositoryPage repository,
            @RequestParam(defaultValue = "") String source,
            @RequestParam(defaultValue = "") String target) {
        access.require(
                viewer.caller(), new Scope.Repository(repository.repository().id()), Permission.MERGE_REQUEST_CREATE);
        var setting = settings.of(repository.repository().id());
        var fields = new RequestFields(
                source,
                target.isEmpty() ? repository.repository().defaultBranch() : target,
                null,
                source.substring(source.lastIndexOf('/') + 1)
                        .replaceAll("[-_]+", " ")
                        .strip(),
                null,
                null,
                null,
                null,
                null,
                null,
                setting.autoSquashMerge(),
                setting.deleteSourceBranchWhenMerged(),
                true);
        return templates.view(FORM, viewer, form(viewer, repository, 0, fields, null));
    }

    @PostMapping
    View make(Viewer viewer, RepositoryPage repository, RequestFields fields, HttpServletResponse response) {
        try {
            var made = creation.create(viewer.caller(), repository.repository().id(), fields.request());
            cookies.notice(response, "request.made");
            return Redirects.to(repository.base() + RepositoryPage.address(made.repository()) + "/-/merge_requests/"
                    + made.request().iid());
        } catch (Problem problem) {
            return again(viewer, repository, 0, fields, problem);
        }
    }

    @GetMapping("/{iid}/edit")
    View filled(Viewer viewer, RepositoryPage repository, @PathVariable long iid) {
        var id = repository.repository().id();
        var request = requests.requireOwn(viewer.caller(), id, iid, Permission.MERGE_REQUEST_EDIT)
                .request();
        var overview = overviews.show(viewer.caller(), id, iid);
        var fields = new RequestFields(
                request.sourceBranch(),
                request.targetBranch(),
                null,
                request.title(),
                request.description(),
                ids(overview, Part.ASSIGNEE),
                ids(overview, Part.REVIEWER),
                ids(overview, Part.APPROVER),
                ids(overview, Part.VOTER),
                request.workInProgress(),
                request.squash(),
                request.removeSourceBranch(),
                request.isOpen());
        return templates.view(FORM, viewer, form(viewer, repository, iid, fields, null));
    }

    private static List<String> ids(RequestOverview overview, Part part) {
        return overview.having(part).stream()
                .map(each -> Long.toString(each.person().userId()))
                .toList();
    }

    @PostMapping("/{iid}/edit")
    View change(
            Viewer viewer,
            RepositoryPage repository,
            @PathVariable long iid,
            RequestFields fields,
            HttpServletResponse response) {
        try {
            var id = repository.repository().id();
            var voting = updates.update(viewer.caller(), id, iid, fields.change(voting(viewer, id, iid)))
                    .request()
                    .reviewMode()
                    .equals(VOTE);
            if (RequestFields.on(fields.people()) && !voting) {
                approvals.replace(viewer.caller(), id, iid, Part.APPROVER, "approver_ids", fields.ids(Part.APPROVER));
            }
            cookies.notice(response, "request.changed");
            return Redirects.to(repository.page("merge_requests/" + iid));
        } catch (Problem problem) {
            return again(viewer, repository, iid, fields, problem);
        }
    }

    private boolean voting(Viewer viewer, long repositoryId, long iid) {
        return requests.require(viewer.caller(), repositoryId, iid, Permission.VIEW)
                .request()
                .reviewMode()
                .equals(VOTE);
    }

    /** Names of branches that contain what is in a field, for the browser to offer. */
    @GetMapping("/branches")
    View branches(
            Viewer viewer,
            RepositoryPage repository,
            @RequestParam(defaultValue = "") String source,
            @RequestParam(defaultValue = "") String target) {
        return templates.view(
                "review/branches", viewer, new RequestForm.Branches(names(viewer, repository, source + target)));
    }

    private List<String> names(Viewer viewer, RepositoryPage repository, String search) {
        return branches.names(viewer.caller(), repository.repository().id(), search, MOST_BRANCHES);
    }

    private View again(Viewer viewer, RepositoryPage repository, long iid, RequestFields fields, Problem problem) {
        return templates.view(
                HttpStatus.valueOf(problem.code().status()),
                FORM,
                viewer,
                form(viewer, repository, iid, fields, failures.text(problem, viewer.locale())));
    }

    private RequestForm form(
            Viewer viewer, RepositoryPage repository, long iid, RequestFields fields, @Nullable String failure) {
        var setting = settings.of(repository.repository().id());
        var voting = iid == 0
                ? setting.reviewMode().equals(VOTE)
                : voting(viewer, repository.repository().id(), iid);
        return new RequestForm(
                repository,
                iid,
                fields,
                names(viewer, repository, ""),
                iid == 0 ? parent(viewer, repository) : null,
                RequestFields.on(fields.people()) && viewer.loggedIn()
                        ? candidates(viewer, repository, fields, voting)
                        : Map.of(),
                !setting.disableSquashMerge(),
                failure);
    }

    private RequestForm.@Nullable Parent parent(Viewer viewer, RepositoryPage repository) {
        var id = repository.repository().parentId();
        return id == null || !access.allows(viewer.caller(), new Scope.Repository(id), Permission.VIEW)
                ? null
                : repositories
                        .byId(id)
                        .map(parent -> new RequestForm.Parent(parent.id(), parent.fullPath()))
                        .orElse(null);
    }

    private Map<Part, List<Candidate>> candidates(
            Viewer viewer, RepositoryPage repository, RequestFields fields, boolean voting) {
        var found = new EnumMap<Part, List<Candidate>>(Part.class);
        for (var part :
                voting ? List.of(Part.VOTER, Part.ASSIGNEE) : List.of(Part.REVIEWER, Part.APPROVER, Part.ASSIGNEE)) {
            found.put(
                    part,
                    people.candidates(viewer.caller(), repository.repository().id(), part, fields.chosen(part)));
        }
        return found;
    }
}
