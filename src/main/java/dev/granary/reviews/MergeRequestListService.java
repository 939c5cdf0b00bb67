package dev.granary.reviews;

import dev.granary.access.AccessService;
import dev.granary.access.Permission;
import dev.granary.kernel.Caller;
import dev.granary.kernel.Page;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Slice;
import dev.granary.repositories.RepositoryService;
import dev.granary.reviews.MergeRequestQuery.Parameters;
import dev.granary.reviews.MergeRequestQuery.Personal;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Lists of merge requests. */
@Service
class MergeRequestListService {
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");

    private final MergeRequestListStore store;
    private final CatchUp catchUp;
    private final RepositoryService repositories;
    private final AccessService access;

    MergeRequestListService(
            MergeRequestListStore store, CatchUp catchUp, RepositoryService repositories, AccessService access) {
        this.store = store;
        this.catchUp = catchUp;
        this.repositories = repositories;
        this.access = access;
    }

    /** The requests into a repository. */
    Page<MergeRequest> ofRepository(Caller caller, long repositoryId, Parameters parameters, Slice slice) {
        repositories.require(caller, repositoryId, Permission.VIEW);
        var query = MergeRequestQuery.of(parameters, slice);
        catchUp.currentInto(repositoryId);
        return store.ofRepository(repositoryId, query);
    }

    /**
     * The requests into the repositories of a project that the caller sees.
     *
     * @param uuid the project's 32-digit id
     */
    Page<MergeRequest> ofProject(Caller caller, String uuid, Parameters parameters, Slice slice) {
        var project = access.requireProject(caller, uuid, Permission.PROJECT_VIEW);
        var query = MergeRequestQuery.of(parameters, slice);
        // Requests have no topics, so none has the one that is asked for.
        if (parameters.topic() != null && !parameters.topic().isEmpty()) {
            return new Page<>(List.of(), 0);
        }
        catchUp.currentEverywhere();
        return store.ofProject(caller, project.id(), query);
    }

    /** The requests that the caller sees, with what the caller is in them. */
    Page<MergeRequest> personal(Caller caller, Parameters parameters, Personal personal, Slice slice) {
        var user = access.requireUser(caller);
        var query = MergeRequestQuery.personal(parameters, personal, slice);
        catchUp.currentEverywhere();
        return store.ofUser(caller, user.id(), query);
    }

    /** A page of requests, and how many there are in each state. */
    record Counted(Page<MergeRequest> page, Map<String, Long> states) {}

    /** The requests into a repository, with how many there are in each state. */
    Counted counted(
            Caller caller,
            long repositoryId,
            @Nullable String state,
            @Nullable String search,
            @Nullable String page,
            @Nullable String perPage) {
        var slice = Slice.ofPage(number("page", page), number("per_page", perPage), "page", "per_page");
        var asked = ofRepository(
                caller,
                repositoryId,
                new Parameters(state, null, null, null, null, null, search, null, null, null, null),
                slice);
        return new Counted(asked, store.states(repositoryId, search == null ? "" : search));
    }

    private static @Nullable Integer number(String field, @Nullable String text) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        if (!NUMBER.matcher(text).matches()) {
            throw Problem.invalid(field, "number");
        }
        return Integer.valueOf(text);
    }

    /** The requests of some numbers, separated by commas; those that there are not are left out. */
    List<MergeRequest> numbered(Caller caller, long repositoryId, @Nullable String iids) {
        repositories.require(caller, repositoryId, Permission.VIEW);
        if (iids == null || iids.isBlank()) {
            throw Problem.invalid("iids", "required");
        }
        var numbers = RequestInputs.list("iids", iids).stream()
                .map(iid -> {
                    if (!NUMBER.matcher(iid).matches()) {
                        throw Problem.invalid("iids", "number");
                    }
                    return Long.valueOf(iid);
                })
                .toList();
        catchUp.currentInto(repositoryId);
        return store.numbered(repositoryId, numbers);
    }

    /** The requests into a repository that have or had a commit. */
    Page<MergeRequest> having(Caller caller, long repositoryId, String commit, Slice slice) {
        repositories.require(caller, repositoryId, Permission.VIEW);
        if (!COMMIT.matcher(commit).matches()) {
            throw Problem.invalid("sha", "commit-id");
        }
        return store.having(repositoryId, commit, slice);
    }
}
