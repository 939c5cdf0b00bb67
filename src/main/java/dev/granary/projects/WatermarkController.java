package dev.granary.projects;

import dev.granary.kernel.Caller;
import dev.granary.kernel.Scope;
import dev.granary.projects.WatermarkService.NewWatermark;
import dev.granary.projects.WatermarkService.Watermark;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** The watermarks of projects, groups and repositories. */
@RestController
class WatermarkController {
    private final WatermarkService watermarks;

    WatermarkController(WatermarkService watermarks) {
        this.watermarks = watermarks;
    }

    @GetMapping("/v4/projects/{project_id}/watermark")
    WatermarkService.OfScope showProjectWatermark(Caller caller, @PathVariable("project_id") String projectId) {
        return watermarks.showProject(caller, projectId);
    }

    @PutMapping("/v4/projects/{project_id}/watermark")
    Watermark updateProjectWatermark(
            Caller caller, @PathVariable("project_id") String projectId, @RequestBody NewWatermark body) {
        return watermarks.updateProject(caller, projectId, body);
    }

    /** An extension: the account's watermark counts for all projects without their own. */
    @GetMapping("/v4/tenant/watermark")
    WatermarkService.OfScope showTenantWatermark(Caller caller) {
        return watermarks.show(caller, new Scope.Account());
    }

    @PutMapping("/v4/tenant/watermark")
    Watermark updateTenantWatermark(Caller caller, @RequestBody NewWatermark body) {
        return watermarks.update(caller, new Scope.Account(), body);
    }

    @GetMapping("/v4/groups/{group_id}/watermark")
    WatermarkService.OfScope showGroupWatermark(Caller caller, @PathVariable("group_id") long groupId) {
        return watermarks.show(caller, new Scope.Group(groupId));
    }

    @PutMapping("/v4/groups/{group_id}/watermark")
    Watermark updateGroupWatermark(
            Caller caller, @PathVariable("group_id") long groupId, @RequestBody NewWatermark body) {
        return watermarks.update(caller, new Scope.Group(groupId), body);
    }

    @GetMapping("/v4/repositories/{repository_id}/watermark")
    WatermarkService.OfRepository showRepositoryWatermark(
            Caller caller, @PathVariable("repository_id") long repositoryId) {
        return watermarks.showRepository(caller, repositoryId);
    }

    @PutMapping("/v4/repositories/{repository_id}/watermark")
    Watermark updateRepositoryWatermark(
            Caller caller, @PathVariable("repository_id") long repositoryId, @RequestBody NewWatermark body) {
        return watermarks.update(caller, new Scope.Repository(repositoryId), body);
    }
}
