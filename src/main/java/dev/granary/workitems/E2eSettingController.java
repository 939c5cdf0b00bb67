package dev.granary.workitems;

import dev.granary.kernel.Caller;
import dev.granary.kernel.Scope;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** How repositories go together with trackers of work items. The changes are extensions: the public API only shows. */
@RestController
class E2eSettingController {
    private final E2eSettingService settings;

    E2eSettingController(E2eSettingService settings) {
        this.settings = settings;
    }

    /** A setting as the answers show it. */
    record Shown(E2eSetting.Policies e2ePolicies, E2eSetting.Req req, Link link) {
        static Shown of(E2eSetting setting) {
            return new Shown(setting.e2ePolicies(), setting.req(), Link.of(setting.link()));
        }
    }

    /** A tracker; the credentials are null, for the server never signs in there. */
    record Link(
            boolean active,
            String url,
            @Nullable String appAuthType,
            @Nullable String appAk,
            @Nullable String appSk,
            String categories,
            String excludeStatuses) {
        static Link of(E2eSetting.Link link) {
            return new Link(link.active(), link.url(), null, null, null, link.categories(), link.excludeStatuses());
        }
    }

    @GetMapping("/v4/projects/{project_id}/e2e-setting")
    Shown showProjectE2eSetting(Caller caller, @PathVariable("project_id") String projectId) {
        return Shown.of(settings.showProject(caller, projectId));
    }

    @PutMapping("/v4/projects/{project_id}/e2e-setting")
    Shown updateProjectE2eSetting(
            Caller caller, @PathVariable("project_id") String projectId, @RequestBody NewE2eSetting body) {
        return Shown.of(settings.updateProject(caller, projectId, body));
    }

    @GetMapping("/v4/groups/{group_id}/e2e-setting")
    Shown showGroupE2eSetting(Caller caller, @PathVariable("group_id") long groupId) {
        return Shown.of(settings.showGroup(caller, groupId));
    }

    @PutMapping("/v4/groups/{group_id}/e2e-setting")
    Shown updateGroupE2eSetting(
            Caller caller, @PathVariable("group_id") long groupId, @RequestBody NewE2eSetting body) {
        return Shown.of(settings.update(caller, new Scope.Group(groupId), body));
    }

    @GetMapping("/v4/repositories/{repository_id}/e2e-setting")
    Shown showRepositoryE2eSetting(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @RequestParam(name = "take_effect", required = false) @Nullable Boolean takeEffect) {
        return Shown.of(settings.showRepository(caller, repositoryId, takeEffect));
    }

    @PutMapping("/v4/repositories/{repository_id}/e2e-setting")
    Shown updateRepositoryE2eSetting(
            Caller caller, @PathVariable("repository_id") long repositoryId, @RequestBody NewE2eSetting body) {
        return Shown.of(settings.update(caller, new Scope.Repository(repositoryId), body));
    }
}
