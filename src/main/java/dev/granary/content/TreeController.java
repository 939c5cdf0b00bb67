package dev.granary.content;

import dev.granary.kernel.Caller;
import dev.granary.kernel.Page;
import dev.granary.kernel.Slice;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/v4/repositories/{repository_id}/repository")
class TreeController {
    private final TreeService trees;

    TreeController(TreeService trees) {
        this.trees = trees;
    }

    @GetMapping("/trees")
    Page<TreeObject> listTrees(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @RequestParam(required = false) @Nullable String ref,
            @RequestParam(required = false) @Nullable String path,
            @RequestParam(defaultValue = "false") boolean recursive,
            Slice slice) {
        return trees.list(caller, repositoryId, ref, path, recursive, slice);
    }

    @GetMapping("/file-list")
    Page<String> listFiles(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @RequestParam(name = "ref_name", required = false) @Nullable String refName,
            @RequestParam(required = false) @Nullable String search,
            Slice slice) {
        return trees.files(caller, repositoryId, refName, search, slice);
    }

    @GetMapping("/upper-files-tree")
    List<TreeNode> listFileUpperTreeEntries(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @RequestParam(name = "ref_name", required = false) @Nullable String refName,
            @RequestParam(name = "file_path", required = false) @Nullable String filePath) {
        return trees.upper(caller, repositoryId, refName, filePath);
    }
}
