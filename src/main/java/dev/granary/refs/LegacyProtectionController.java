package dev.granary.refs;

import dev.granary.kernel.Caller;
import dev.granary.refs.LegacyProtectionService.ProtectedBranch;
import dev.granary.refs.LegacyProtectionService.ProtectedTag;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** v2's protection of branches and tags, by level. */
@RestController
class LegacyProtectionController {
    private final LegacyProtectionService protections;

    LegacyProtectionController(LegacyProtectionService protections) {
        this.protections = protections;
    }

    /** Who may push to and merge into a branch: 0, 30 or 40. */
    record AccessLevel(
            @Nullable Integer pushAccessLevel, @Nullable Integer mergeAccessLevel) {}

    record BranchBody(@Nullable AccessLevel accessLevel) {}

    /** A tag's name or wildcard, and who may create it: 0, 30 or 40. */
    record TagBody(@Nullable String name, @Nullable Integer createAccessLevel) {}

    @PutMapping("/v2/repositories/{repository_id}/branch/{branch_name}/protect")
    ProtectedBranch addProtectBranchV2(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @PathVariable("branch_name") String branchName,
            @RequestBody BranchBody body) {
        return protections.protectBranch(caller, repositoryId, branchName, body.accessLevel());
    }

    /** The same for a name with slashes that was sent as it is. */
    @PutMapping("/v2/repositories/{repository_id}/branch/{folder}/{branch_name}/protect")
    ProtectedBranch addProtectBranchInFolder(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @PathVariable String folder,
            @PathVariable("branch_name") String branchName,
            @RequestBody BranchBody body) {
        return protections.protectBranch(caller, repositoryId, folder + "/" + branchName, body.accessLevel());
    }

    /** The same for a name with two slashes. */
    @PutMapping("/v2/repositories/{repository_id}/branch/{folder}/{subfolder}/{branch_name}/protect")
    ProtectedBranch addProtectBranchInSubfolder(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @PathVariable String folder,
            @PathVariable String subfolder,
            @PathVariable("branch_name") String branchName,
            @RequestBody BranchBody body) {
        var name = folder + "/" + subfolder + "/" + branchName;
        return protections.protectBranch(caller, repositoryId, name, body.accessLevel());
    }

    @PostMapping({"/v2/repositories/{repository_id}/protected-tags", "/v2/repositories/{repository_id}/protected_tags"})
    ProtectedTag addProtectedTagV2(
            Caller caller, @PathVariable("repository_id") long repositoryId, @RequestBody TagBody body) {
        return protections.protectTag(caller, repositoryId, body.name(), body.createAccessLevel());
    }
}
