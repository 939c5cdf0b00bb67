package dev.granary.refs;

import dev.granary.kernel.Caller;
import dev.granary.refs.RefPermissionService.Permissions;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What the caller may do with a branch or tag. */
@RestController
class RefPermissionController {
    private final RefPermissionService permissions;

    RefPermissionController(RefPermissionService permissions) {
        this.permissions = permissions;
    }

    @GetMapping("/v4/repositories/{repository_id}/user-ref-permission")
    Permissions showUserRefPermission(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @RequestParam("target_ref") String targetRef,
            @RequestParam(required = false) @Nullable String action,
            @RequestParam(name = "change_request_iid", required = false) @Nullable Integer changeRequestIid) {
        return permissions.show(caller, repositoryId, targetRef, action);
    }
}
