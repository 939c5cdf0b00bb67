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
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Who must have seen merge requests. */
@RestController
@RequestMapping({
    "/v4/projects/{project_id}/approver-settings",
    "/v4/groups/{group_id}/approver-settings",
    "/v4/repositories/{repository_id}/approver-settings"
})
class ApproverSettingController {
    private final ApproverSettingService settings;
    private final ApproverSettingAnswers answers;
    private final SettingScopes scopes;

    ApproverSettingController(ApproverSettingService settings, ApproverSettingAnswers answers, SettingScopes scopes) {
        this.settings = settings;
        this.answers = answers;
        this.scopes = scopes;
    }

    /** What the path names. */
    @ModelAttribute
    Scope scope(
            Caller caller,
            @PathVariable(name = "project_id", required = false) @Nullable String projectId,
            @PathVariable(name = "group_id", required = false) @Nullable Long groupId,
            @PathVariable(name = "repository_id", required = false) @Nullable Long repositoryId) {
        return scopes.of(caller, projectId, groupId, repositoryId);
    }

    /** The contract knows {@code target_type} for repositories alone. */
    @GetMapping
    Page<View> listMergeRequestApproverSettings(
            Caller caller,
            @ModelAttribute(binding = false) Scope scope,
            @RequestParam(name = "target_type", required = false) @Nullable String targetType,
            Slice slice) {
        return answers.of(settings.list(caller, scope, targetType, slice));
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    View createMergeRequestApproverSetting(
            Caller caller, @ModelAttribute(binding = false) Scope scope, @RequestBody ApproverSettingBody body) {
        return answers.of(settings.create(caller, scope, body));
    }

    @PutMapping("/{setting_id}")
    View updateMergeRequestApproverSetting(
            Caller caller,
            @ModelAttribute(binding = false) Scope scope,
            @PathVariable("setting_id") long id,
            @RequestBody ApproverSettingBody body) {
        return answers.of(settings.update(caller, scope, id, body));
    }

    @DeleteMapping("/{setting_id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void deleteMergeRequestApproverSetting(
            Caller caller, @ModelAttribute(binding = false) Scope scope, @PathVariable("setting_id") long id) {
        settings.delete(caller, scope, id);
    }
}
