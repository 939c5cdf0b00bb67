package dev.granary.reviews;

import dev.granary.kernel.Caller;
import dev.granary.kernel.Page;
import dev.granary.kernel.Slice;
import dev.granary.reviews.MergeRequestQuery.Parameters;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The merge requests of a repository. */
@RestController
@RequestMapping("/v4/repositories/{repository_id}")
class MergeRequestController {
    private final MergeRequestCreationService creation;
    private final MergeRequestUpdateService updates;
    private final MergeRequestDetailService details;
    private final MergeRequestListService lists;
    private final MergeRequestAnswers answers;
    private final MergeRequestListAnswers listAnswers;
    private final MergeRequestPartAnswers partAnswers;

    MergeRequestController(
            MergeRequestCreationService creation,
            MergeRequestUpdateService updates,
            MergeRequestDetailService details,
            MergeRequestListService lists,
            MergeRequestAnswers answers,
            MergeRequestListAnswers listAnswers,
            MergeRequestPartAnswers partAnswers) {
        this.creation = creation;
        this.updates = updates;
        this.details = details;
        this.lists = lists;
        this.answers = answers;
        this.listAnswers = listAnswers;
        this.partAnswers = partAnswers;
    }

    @PostMapping("/merge-requests")
    @ResponseStatus(HttpStatus.CREATED)
    MergeRequestView createMergeRequest(
            Caller caller, @PathVariable("repository_id") long repositoryId, @RequestBody NewMergeRequest body) {
        return answers.view(caller, creation.create(caller, repositoryId, body));
    }

    @GetMapping("/merge-requests")
    Page<MergeRequestListItem> listRepositoryMergeRequests(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(name = "order_by", required = false) @Nullable String orderBy,
            @RequestParam(required = false) @Nullable String sort,
            @RequestParam(name = "author_id", required = false) @Nullable String authorId,
            @RequestParam(name = "source_branch", required = false) @Nullable String sourceBranch,
            @RequestParam(name = "target_branch", required = false) @Nullable String targetBranch,
            @RequestParam(required = false) @Nullable String search,
            @RequestParam(name = "source_repository_id", required = false) @Nullable Long sourceRepositoryId,
            @RequestParam(name = "only_count", required = false) @Nullable Boolean onlyCount,
            @RequestParam(required = false) @Nullable String labels,
            Slice slice) {
        var parameters = new Parameters(
                state,
                orderBy,
                sort,
                authorId,
                sourceBranch,
                targetBranch,
                search,
                sourceRepositoryId,
                onlyCount,
                labels,
                null);
        return listAnswers.of(caller, lists.ofRepository(caller, repositoryId, parameters, slice));
    }

    @GetMapping("/merge-requests/{merge_request_iid}")
    MergeRequestView.Whole showMergeRequestDetail(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @PathVariable("merge_request_iid") long iid) {
        return answers.whole(caller, details.show(caller, repositoryId, iid));
    }

    @PutMapping("/merge-requests/{merge_request_iid}")
    MergeRequestView updateMergeRequest(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @PathVariable("merge_request_iid") long iid,
            @RequestBody MergeRequestChange body) {
        return answers.view(caller, updates.update(caller, repositoryId, iid, body));
    }

    @GetMapping("/merge-requests/statistic")
    List<MergeRequestPartAnswers.Statistic> showRepositoryMergeRequestsStatistic(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @RequestParam(required = false) @Nullable String iids,
            @RequestParam(required = false) @Nullable String fields) {
        return partAnswers.statistics(caller, repositoryId, lists.numbered(caller, repositoryId, iids), fields);
    }

    @GetMapping("/merge-requests/{merge_request_iid}/participants")
    Page<UserViews.Basic> listMergeRequestParticipants(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @PathVariable("merge_request_iid") long iid,
            Slice slice) {
        return partAnswers.people(details.participants(caller, repositoryId, iid, slice));
    }

    /** The contract answers one: the newest, after those that are skipped. */
    @GetMapping("/merge-requests/{merge_request_iid}/versions")
    MergeRequestPartAnswers.VersionView listMergeRequestVersions(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @PathVariable("merge_request_iid") long iid,
            Slice slice) {
        return partAnswers.first(details.versions(caller, repositoryId, iid, new Slice(slice.offset(), 1)), slice);
    }

    @GetMapping("/merge-requests/{merge_request_iid}/versions/all")
    Page<MergeRequestPartAnswers.VersionView> listAllMergeRequestVersions(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @PathVariable("merge_request_iid") long iid,
            Slice slice) {
        return details.versions(caller, repositoryId, iid, slice).map(partAnswers::version);
    }

    @GetMapping("/merge-requests/{merge_request_iid}/commits")
    Page<MergeRequestPartAnswers.CommitOf> listMergeRequestCommits(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @PathVariable("merge_request_iid") long iid,
            @RequestParam(required = false) @Nullable String view,
            Slice slice) {
        return partAnswers.commits(view, details.commits(caller, repositoryId, iid, slice));
    }

    @GetMapping("/merge-requests/{merge_request_iid}/system-notes")
    Page<SystemNoteAnswers.Note> listMergeRequestSystemNotes(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @PathVariable("merge_request_iid") long iid,
            Slice slice) {
        return partAnswers.notes(
                details.show(caller, repositoryId, iid), details.systemNotes(caller, repositoryId, iid, slice));
    }

    @GetMapping("/commits/{sha}/merge-requests")
    Page<CommitMergeRequest> listCommitAssociatedMergeRequests(
            Caller caller, @PathVariable("repository_id") long repositoryId, @PathVariable String sha, Slice slice) {
        return partAnswers.having(caller, lists.having(caller, repositoryId, sha, slice));
    }
}
