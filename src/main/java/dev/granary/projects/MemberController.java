package dev.granary.projects;

import dev.granary.kernel.Caller;
import dev.granary.kernel.Slice;
import dev.granary.projects.MemberService.NewMember;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** ProjectMan's operations on the members of a project. */
@RestController
@RequestMapping("/v4/projects/{project_id}")
class MemberController {
    private final MemberService members;
    private final MemberAnswers answers;

    MemberController(MemberService members, MemberAnswers answers) {
        this.members = members;
        this.answers = answers;
    }

    /** The users to become members. */
    record NewMembers(@Nullable List<@Nullable NewMember> users) {}

    /** The members that a change is about, and their new role where it is about that. */
    record Members(
            @Nullable List<@Nullable String> userIds,
            @Nullable Integer roleId) {}

    @GetMapping("/members")
    MemberAnswers.Listing listProjectMembersV4(
            Caller caller, @PathVariable("project_id") String projectId, Slice slice) {
        return answers.listing(members.list(caller, projectId, slice));
    }

    @PostMapping("/member")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void addMemberV4(Caller caller, @PathVariable("project_id") String projectId, @RequestBody NewMember body) {
        members.add(caller, projectId, Collections.singletonList(body));
    }

    @PostMapping("/members")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void batchAddMembersV4(Caller caller, @PathVariable("project_id") String projectId, @RequestBody NewMembers body) {
        members.add(caller, projectId, body.users());
    }

    @PostMapping("/members/role")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void updateMembesRoleV4(Caller caller, @PathVariable("project_id") String projectId, @RequestBody Members body) {
        members.changeRole(caller, projectId, body.userIds(), body.roleId());
    }

    @DeleteMapping("/members")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void batchDeleteMembersV4(Caller caller, @PathVariable("project_id") String projectId, @RequestBody Members body) {
        members.remove(caller, projectId, body.userIds());
    }

    @DeleteMapping("/quit")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void removeProject(Caller caller, @PathVariable("project_id") String projectId) {
        members.quit(caller, projectId);
    }

    @GetMapping("/user-role")
    MemberAnswers.OwnRole showCurUserRole(Caller caller, @PathVariable("project_id") String projectId) {
        return answers.ownRole(members.ownRole(caller, projectId));
    }
}
