package dev.granary.reviews;

import dev.granary.kernel.Caller;
import dev.granary.kernel.Page;
import dev.granary.kernel.Scope;
import dev.granary.kernel.Slice;
import dev.granary.reviews.ApproverSettingAnswers.View;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Who must have seen merge requests. */
@RestController
class ApproverSettingController {
    private static final String PROJECT = "/v4/projects/{project_id}/approver-settings";
    private static final String GROUP = "/v4/groups/{group_id}/approver-settings";
    private static final String REPOSITORY = "/v4/repositories/{repository_id}/approver-settings";
    private static final String ONE = "/{setting_id}";

    private final ApproverSettingService settings;
    private final ApproverSettingAnswers answers;

    ApproverSettingController(ApproverSettingService settings, ApproverSettingAnswers answers) {
        this.settings = settings;
        this.answers = answers;
    }

    @GetMapping(PROJECT)
    Page<View> listProjectMergeRequestApproverSettings(
            Caller caller, @PathVariable("project_id") String projectId, Slice slice) {
        return answers.of(settings.listProject(caller, projectId, slice));
    }

    @PostMapping(PROJECT)
    @ResponseStatus(HttpStatus.CREATED)
    View createProjectMergeRequestApproverSetting(
            Caller caller, @PathVariable("project_id") String projectId, @RequestBody ApproverSettingBody body) {
        return answers.of(settings.createProject(caller, projectId, body));
    }

    @PutMapping(PROJECT + ONE)
    View updateProjectMergeRequestApproverSetting(
            Caller caller,
            @PathVariable("project_id") String projectId,
            @PathVariable("setting_id") long id,
            @RequestBody ApproverSettingBody body) {
        return answers.of(settings.updateProject(caller, projectId, id, body));
    }

    @DeleteMapping(PROJECT + ONE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void deleteProjectMergeRequestApproverSetting(
            Caller caller, @PathVariable("project_id") String projectId, @PathVariable("setting_id") long id) {
        settings.deleteProject(caller, projectId, id);
    }

    @GetMapping(GROUP)
    Page<View> listGroupMergeRequestApproverSettings(
            Caller caller, @PathVariable("group_id") long groupId, Slice slice) {
        return answers.of(settings.listGroup(caller, groupId, slice));
    }

    @PostMapping(GROUP)
    @ResponseStatus(HttpStatus.CREATED)
    View createGroupMergeRequestApproverSetting(
            Caller caller, @PathVariable("group_id") long groupId, @RequestBody ApproverSettingBody body) {
        return answers.of(settings.create(caller, new Scope.Group(groupId), body));
    }

    @PutMapping(GROUP + ONE)
    View updateGroupMergeRequestApproverSetting(
            Caller caller,
            @PathVariable("group_id") long groupId,
            @PathVariable("setting_id") long id,
            @RequestBody ApproverSettingBody body) {
        return answers.of(settings.update(caller, new Scope.Group(groupId), id, body));
    }

    @DeleteMapping(GROUP + ONE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void deleteGroupMergeRequestApproverSetting(
            Caller caller, @PathVariable("group_id") long groupId, @PathVariable("setting_id") long id) {
        settings.delete(caller, new Scope.Group(groupId), id);
    }

    @GetMapping(REPOSITORY)
    Page<View> listMergeRequestApproverSettings(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @RequestParam(name = "target_type", required = false) @Nullable String targetType,
            Slice slice) {
        return answers.of(settings.listRepository(caller, repositoryId, targetType, slice));
    }

    @PostMapping(REPOSITORY)
    @ResponseStatus(HttpStatus.CREATED)
    View createMergeRequestApproverSetting(
            Caller caller, @PathVariable("repository_id") long repositoryId, @RequestBody ApproverSettingBody body) {
        return answers.of(settings.create(caller, new Scope.Repository(repositoryId), body));
    }

    @PutMapping(REPOSITORY + ONE)
    View updateMergeRequestApproverSetting(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @PathVariable("setting_id") long id,
            @RequestBody ApproverSettingBody body) {
        return answers.of(settings.update(caller, new Scope.Repository(repositoryId), id, body));
    }

    @DeleteMapping(REPOSITORY + ONE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void deleteMergeRequestApproverSetting(
            Caller caller, @PathVariable("repository_id") long repositoryId, @PathVariable("setting_id") long id) {
        settings.delete(caller, new Scope.Repository(repositoryId), id);
    }
}
