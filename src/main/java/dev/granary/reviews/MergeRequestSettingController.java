package dev.granary.reviews;

import dev.granary.kernel.Caller;
import dev.granary.kernel.Scope;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** The settings of merge requests. Those of projects and groups are changed beside the contract, which only shows them. */
@RestController
class MergeRequestSettingController {
    private static final String PROJECT = "/v4/projects/{project_id}/merge-requests/setting";
    private static final String GROUP = "/v4/groups/{group_id}/merge-requests/setting";
    private static final String REPOSITORY = "/v4/repositories/{repository_id}/merge-requests/setting";

    private final MergeRequestSettingService settings;
    private final SettingScopes scopes;
    private final MergeRequestSettingAnswers answers;

    MergeRequestSettingController(
            MergeRequestSettingService settings, SettingScopes scopes, MergeRequestSettingAnswers answers) {
        this.settings = settings;
        this.scopes = scopes;
        this.answers = answers;
    }

    @GetMapping(PROJECT)
    MergeRequestSettingAnswers.OfProject showProjectMergeRequestSetting(
            Caller caller, @PathVariable("project_id") String projectId) {
        return answers.ofProject(projectId, settings.show(caller, scopes.project(caller, projectId)));
    }

    @PutMapping(PROJECT)
    MergeRequestSettingAnswers.OfProject updateProjectMergeRequestSetting(
            Caller caller, @PathVariable("project_id") String projectId, @RequestBody MergeRequestSettingChange body) {
        return answers.ofProject(projectId, settings.update(caller, scopes.project(caller, projectId), body));
    }

    @GetMapping(GROUP)
    MergeRequestSettingAnswers.OfGroup showGroupMergeRequestSetting(
            Caller caller, @PathVariable("group_id") long groupId) {
        return answers.ofGroup(settings.show(caller, new Scope.Group(groupId)));
    }

    @PutMapping(GROUP)
    MergeRequestSettingAnswers.OfGroup updateGroupMergeRequestSetting(
            Caller caller, @PathVariable("group_id") long groupId, @RequestBody MergeRequestSettingChange body) {
        return answers.ofGroup(settings.update(caller, new Scope.Group(groupId), body));
    }

    @GetMapping(REPOSITORY)
    MergeRequestSettingAnswers.OfRepository showMergeRequestSetting(
            Caller caller, @PathVariable("repository_id") long repositoryId) {
        return answers.ofRepository(settings.show(caller, new Scope.Repository(repositoryId)));
    }

    @PutMapping(REPOSITORY)
    MergeRequestSettingAnswers.OfRepository updateMergeRequestSetting(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @RequestBody MergeRequestSettingChange body) {
        return answers.ofRepository(settings.update(caller, new Scope.Repository(repositoryId), body));
    }
}
