package dev.granary.content;

import dev.granary.kernel.Caller;
import dev.granary.kernel.Page;
import dev.granary.kernel.Slice;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
class LogTreeController {
    private final LogTreeService trees;

    LogTreeController(LogTreeService trees) {
        this.trees = trees;
    }

    /** The path is an addition: the contract knows the root alone. */
    @GetMapping("/v4/repositories/{repository_id}/repository/logs-tree")
    Page<LogTreeEntry> listLogsTree(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @RequestParam(required = false) @Nullable String ref,
            @RequestParam(required = false) @Nullable String path,
            Slice slice) {
        return trees.list(caller, repositoryId, ref, path, slice);
    }

    /** The further paths are those of branches with slashes. */
    @GetMapping({
        "/v1/repositories/{repository_uuid}/branch/{branch_name}/sub-files",
        "/v1/repositories/{repository_uuid}/branch/{folder}/{branch_name}/sub-files",
        "/v1/repositories/{repository_uuid}/branch/{folder}/{subfolder}/{branch_name}/sub-files"
    })
    LegacySubfiles listSubfiles(
            Caller caller,
            @PathVariable("repository_uuid") String repositoryUuid,
            @RequestParam(required = false) @Nullable String path,
            Slice slice,
            HttpServletRequest request) {
        var branch = RawPath.between(request, "/branch/", "/sub-files");
        return trees.list(caller, repositoryUuid, branch, path, slice);
    }
}
