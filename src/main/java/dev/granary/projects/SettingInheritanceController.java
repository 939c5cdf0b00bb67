package dev.granary.projects;

import dev.granary.kernel.Caller;
import dev.granary.kernel.Scope;
import dev.granary.projects.SettingInheritanceService.NewModes;
import dev.granary.projects.SettingInheritanceService.SettingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Which settings are inherited, and from where. */
@RestController
class SettingInheritanceController {
    private final SettingInheritanceService settings;
    private final InheritanceAnswers answers;

    SettingInheritanceController(SettingInheritanceService settings, InheritanceAnswers answers) {
        this.settings = settings;
        this.answers = answers;
    }

    /** An extension: what the account forces on all projects. */
    @GetMapping("/v4/tenant/settings-inherit-cfg")
    List<SettingMode> showTenantSettingsInheritCfg(Caller caller) {
        return settings.show(caller, new Scope.Account());
    }

    /** An extension: has the account force its settings on all projects, or not. */
    @PutMapping("/v4/tenant/settings-inherit-cfg")
    List<SettingMode> updateTenantSettingsInheritCfg(Caller caller, @RequestBody NewModes body) {
        return settings.updateAccount(caller, body);
    }

    @GetMapping("/v4/projects/{project_id}/settings-inherit-cfg")
    List<SettingMode> showProjectSettingsInheritCfg(Caller caller, @PathVariable("project_id") String projectId) {
        return settings.showProject(caller, projectId);
    }

    @PutMapping("/v4/projects/{project_id}/settings-inherit-cfg")
    List<SettingMode> updateProjectSettingsInheritCfg(
            Caller caller, @PathVariable("project_id") String projectId, @RequestBody NewModes body) {
        return settings.updateProject(caller, projectId, body);
    }

    @GetMapping("/v4/groups/{group_id}/inherit")
    InheritanceAnswers.GroupSource showGroupsInherit(
            Caller caller,
            @PathVariable("group_id") long groupId,
            @RequestParam(name = "setting_type", required = false) @Nullable String settingType) {
        var source = settings.source(caller, new Scope.Group(groupId), "setting_type", settingType);
        return answers.groupSource(source, settings.group(groupId).projectUuid());
    }

    @GetMapping("/v4/groups/{group_id}/inherit-setting")
    List<SettingMode> showGroupInheritSetting(Caller caller, @PathVariable("group_id") long groupId) {
        return settings.show(caller, new Scope.Group(groupId));
    }

    @PutMapping("/v4/groups/{group_id}/inherit-setting")
    List<SettingMode> updateGroupInheritSetting(
            Caller caller, @PathVariable("group_id") long groupId, @RequestBody NewModes body) {
        return settings.updateGroup(caller, groupId, body);
    }

    @GetMapping("/v4/groups/{group_id}/settings-inherit-cfg")
    InheritanceAnswers.GroupModes showGroupSettingsInheritCfg(Caller caller, @PathVariable("group_id") long groupId) {
        return answers.groupModes(settings.showGroup(caller, groupId));
    }

    @GetMapping("/v4/repositories/{repository_id}/inherit-setting")
    List<SettingMode> showRepositoryInheritSetting(Caller caller, @PathVariable("repository_id") long repositoryId) {
        return settings.show(caller, new Scope.Repository(repositoryId));
    }

    @PutMapping("/v4/repositories/{repository_id}/inherit-setting")
    List<SettingMode> updateRepositoryInheritSetting(
            Caller caller, @PathVariable("repository_id") long repositoryId, @RequestBody NewModes body) {
        return settings.updateRepository(caller, repositoryId, body);
    }

    @GetMapping("/v4/repositories/{repository_id}/inherit-setting-source")
    InheritanceAnswers.Source showRepositoryInheritSettingSource(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @RequestParam(required = false) @Nullable String name) {
        return answers.source(settings.source(caller, new Scope.Repository(repositoryId), "name", name));
    }
}
