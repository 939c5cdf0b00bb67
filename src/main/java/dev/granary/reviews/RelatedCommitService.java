package dev.granary.reviews;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.granary.access.Permission;
import dev.granary.commits.CommitTitles;
import dev.granary.kernel.Caller;
import dev.granary.kernel.Scope;
import dev.granary.kernel.Slice;
import dev.granary.kernel.Texts;
import dev.granary.kernel.Times;
import dev.granary.repositories.HostedRepository;
import dev.granary.repositories.RepositoryService;
import dev.granary.reviews.RelatedCommitStore.RelatedCommit;
import dev.granary.workitems.TrackerLinks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Says which commits work items are linked to. */
@Service
class RelatedCommitService {
    private static final int LONGEST_SEARCH = 255;
    private static final int SHORT_ID = 8;

    private final RelatedCommitStore store;
    private final RepositoryService repositories;
    private final RepositoryViews views;
    private final TrackerLinks trackers;

    RelatedCommitService(
            RelatedCommitStore store, RepositoryService repositories, RepositoryViews views, TrackerLinks trackers) {
        this.store = store;
        this.repositories = repositories;
        this.views = views;
        this.trackers = trackers;
    }

    /**
     * A commit that a work item is linked to.
     *
     * @param iamId who linked it, 32 digits, as {@code userId}
     * @param type {@code branch}, {@code commit} or {@code merge_request}: what the work item was linked to, as {@code commitType}
     * @param commitMsg empty for a commit that is gone
     * @param relatedId the work item
     * @param relatedUrl its page; null where none is known
     */
    record Listed(
            String id,
            @JsonProperty("iamId") @Nullable String iamId,
            @JsonProperty("userName") @Nullable String userName,
            @JsonProperty("repositoryId") String repositoryId,
            String type,
            @JsonProperty("userId") @Nullable String userId,
            @JsonProperty("branchName") String branchName,
            @JsonProperty("commitId") String commitId,
            @JsonProperty("commitShortId") String commitShortId,
            @JsonProperty("commitMsg") String commitMsg,
            @JsonProperty("commitUrl") String commitUrl,
            @JsonProperty("commitType") String commitType,
            @JsonProperty("relatedId") String relatedId,
            @JsonProperty("createAt") String createAt,
            @JsonProperty("updateAt") String updateAt,
            @JsonProperty("relatedUrl") @Nullable String relatedUrl,
            String message) {}

    /** A page of them. */
    record Lists(long total, List<Listed> list) {}

    /** A page of the commits of a repository with a 32-digit id, the newest link first. */
    Lists list(Caller caller, String repositoryUuid, @Nullable String search, Slice slice) {
        var repository = repositories.requireByUuid(caller, repositoryUuid, Permission.VIEW);
        var page = store.list(repository.id(), Texts.line("search", search, 0, LONGEST_SEARCH), slice);
        var tracker = trackers.of(new Scope.Repository(repository.id()));
        try (var git = repositories.open(repository)) {
            var titles = CommitTitles.of(
                    git, page.items().stream().map(RelatedCommit::commitId).toList());
            var listed = new ArrayList<Listed>();
            var number = slice.offset();
            for (var row : page.items()) {
                var message = titles.getOrDefault(row.commitId(), "");
                listed.add(listed(repository, row, ++number, message, tracker.page(row.workItemId())));
            }
            return new Lists(page.total(), listed);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Listed listed(
            HostedRepository repository, RelatedCommit row, long number, String message, @Nullable String page) {
        var made = Times.v2(row.at());
        return new Listed(
                Long.toString(number),
                row.userUuid(),
                row.userName(),
                Long.toString(repository.id()),
                row.kind(),
                row.userUuid(),
                row.branch(),
                row.commitId(),
                row.commitId().substring(0, SHORT_ID),
                message,
                views.commit(repository, row.commitId()),
                row.kind(),
                row.workItemId(),
                made,
                made,
                page,
                row.title().isEmpty() ? message : row.title());
    }
}
