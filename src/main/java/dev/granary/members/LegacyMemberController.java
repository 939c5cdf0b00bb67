package dev.granary.members;

import dev.granary.access.Permission;
import dev.granary.access.Role;
import dev.granary.kernel.Caller;
import dev.granary.kernel.Page;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Slice;
import dev.granary.members.MemberViews.LegacyMember;
import dev.granary.members.MemberViews.LegacyOutcome;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Members of repositories in v1, with roles as levels: 20, 30 and 40. */
@RestController
@RequestMapping("/v1/repositories/{repository_uuid}")
class LegacyMemberController {
    private static final Map<Integer, Role> LEVELS =
            Map.of(20, Role.VIEWER, 30, Role.DEVELOPER, 40, Role.PROJECT_MANAGER);

    private final MembershipService members;
    private final MemberViews views;

    LegacyMemberController(MembershipService members, MemberViews views) {
        this.members = members;
        this.views = views;
    }

    /** A user to become a member. */
    record User(
            @Nullable String id,
            @Nullable String name,
            @Nullable Integer role,
            @Nullable String domainId,
            @Nullable String domainName) {
        NewMember toNewMember() {
            return new NewMember("id", id, name, domainId, () -> ofLevel(role));
        }
    }

    record Users(@Nullable List<@Nullable User> users) {
        @Nullable
        List<@Nullable NewMember> toNewMembers() {
            return users == null
                    ? null
                    : users.stream()
                            .<@Nullable NewMember>map(user -> user == null ? null : user.toNewMember())
                            .toList();
        }
    }

    record NewRole(@Nullable Integer role) {}

    record Listing(List<LegacyMember> users, long total) {
        static Listing of(Page<LegacyMember> page) {
            return new Listing(page.items(), page.total());
        }
    }

    @GetMapping("/master")
    boolean showMaster(Caller caller, @PathVariable("repository_uuid") String repositoryUuid) {
        return members.isManager(caller, repositoryUuid);
    }

    @PostMapping("/members")
    List<LegacyOutcome> addRepoMembers(
            Caller caller,
            Locale locale,
            @PathVariable("repository_uuid") String repositoryUuid,
            @RequestBody Users body) {
        var site = members.requireRepository(caller, repositoryUuid, Permission.MEMBER_CREATE);
        return views.legacy(members.add(caller, site, body.toNewMembers()), locale);
    }

    @GetMapping("/members")
    Listing listRepoMembers(
            Caller caller,
            @PathVariable("repository_uuid") String repositoryUuid,
            @RequestParam(name = "page_index", required = false) @Nullable Integer pageIndex,
            @RequestParam(name = "page_size", required = false) @Nullable Integer pageSize,
            @RequestParam(required = false) @Nullable String subject) {
        var site = members.requireRepository(caller, repositoryUuid, Permission.PROJECT_VIEW);
        var slice = Slice.ofPage(pageIndex, pageSize, "page_index", "page_size");
        return Listing.of(
                members.list(site, MemberFilter.of("subject", subject), slice).map(views::legacy));
    }

    @PutMapping("/members/{member_id}")
    Map<String, String> setRepoRole(
            Caller caller,
            @PathVariable("repository_uuid") String repositoryUuid,
            @PathVariable("member_id") String memberId,
            @RequestBody NewRole body) {
        var site = members.requireRepository(caller, repositoryUuid, Permission.MEMBER_UPDATE);
        members.setRole(caller, site, memberId, ofLevel(body.role()));
        return Map.of();
    }

    @DeleteMapping("/members/{member_id}")
    Map<String, String> deleteRepoMember(
            Caller caller,
            @PathVariable("repository_uuid") String repositoryUuid,
            @PathVariable("member_id") String memberId) {
        members.remove(caller, members.requireRepository(caller, repositoryUuid, Permission.MEMBER_DELETE), memberId);
        return Map.of();
    }

    private static Role ofLevel(@Nullable Integer level) {
        if (level == null) {
            throw Problem.invalid("role", "required");
        }
        return Objects.requireNonNullElseGet(LEVELS.get(level), () -> {
            throw Problem.invalid("role", "one-of", "20, 30, 40");
        });
    }
}
