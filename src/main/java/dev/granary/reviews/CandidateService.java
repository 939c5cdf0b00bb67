package dev.granary.reviews;

import dev.granary.access.AccessService;
import dev.granary.access.Permission;
import dev.granary.access.PermissionMatrix;
import dev.granary.access.Role;
import dev.granary.kernel.Caller;
import dev.granary.kernel.Page;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Scope;
import dev.granary.kernel.Slice;
import dev.granary.kernel.Texts;
import dev.granary.repositories.RepositoryService;
import dev.granary.reviews.Person.Part;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Who may have a part in merge requests. */
@Service
class CandidateService {
    private static final int LONGEST_SEARCH = 255;
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

    private final CandidateStore store;
    private final PermissionMatrix matrix;
    private final RepositoryService repositories;
    private final AccessService access;

    CandidateService(
            CandidateStore store, PermissionMatrix matrix, RepositoryService repositories, AccessService access) {
        this.store = store;
        this.matrix = matrix;
        this.repositories = repositories;
        this.access = access;
    }

    /** Of a project, by its 32-digit id. */
    Page<Long> ofProject(Caller caller, String uuid, Part part, Slice slice) {
        access.requireUser(caller);
        return list(access.requireProject(caller, uuid, Permission.PROJECT_VIEW), part, "", List.of(), false, slice);
    }

    /** Of a group. */
    Page<Long> ofGroup(Caller caller, long id, Part part, Slice slice) {
        access.requireUser(caller);
        var scope = new Scope.Group(id);
        access.require(caller, scope, Permission.GROUP_VIEW);
        return list(scope, part, "", List.of(), false, slice);
    }

    /**
     * Of a repository.
     *
     * @param targetId another repository that the request goes to, whose people count then
     * @param search what a name contains
     * @param names names, separated by commas
     * @param developersOnly leaves those out who only may review because they manage
     */
    Page<Long> ofRepository(
            Caller caller,
            long id,
            @Nullable String targetId,
            Part part,
            @Nullable String search,
            @Nullable String names,
            boolean developersOnly,
            Slice slice) {
        access.requireUser(caller);
        repositories.require(caller, id, Permission.VIEW);
        var target = target(id, targetId);
        if (target != id) {
            repositories.require(caller, target, Permission.VIEW);
        }
        return list(
                new Scope.Repository(target),
                part,
                Texts.line("search", search, 0, LONGEST_SEARCH),
                RequestInputs.list("search_by_name_list", names),
                developersOnly,
                slice);
    }

    /** The repository that a request goes to: the one that was named, or its own. */
    static long target(long id, @Nullable String targetId) {
        if (targetId == null || targetId.isEmpty()) {
            return id;
        }
        if (!NUMBER.matcher(targetId).matches()) {
            throw Problem.invalid("target_repository_id", "number");
        }
        return Long.parseLong(targetId);
    }

    /** Of a repository, without some; the permission is the caller's business. */
    Page<Long> besides(long repositoryId, Part part, String search, Collection<Long> without, Slice slice) {
        var scope = new Scope.Repository(repositoryId);
        return store.list(scope, roles(scope, part, false), search, List.of(), without, slice);
    }

    private Page<Long> list(
            Scope scope, Part part, String search, List<String> names, boolean developersOnly, Slice slice) {
        return store.list(scope, roles(scope, part, developersOnly), search, names, List.of(), slice);
    }

    private List<String> roles(Scope scope, Part part, boolean developersOnly) {
        var here = matrix.at(scope);
        return Arrays.stream(Role.values())
                .filter(role -> here.allows(role, People.needed(part)))
                .filter(role -> !developersOnly || role == Role.DEVELOPER)
                .map(Role::key)
                .toList();
    }
}
