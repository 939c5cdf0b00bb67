package dev.granary.content;

import dev.granary.kernel.Caller;
import dev.granary.kernel.Page;
import dev.granary.kernel.Slice;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The submodules of a repository. */
@RestController
@RequestMapping("/v4/repositories/{repository_id}/repository/submodules")
class RepositorySubmoduleController {
    private final SubmoduleService submodules;

    RepositorySubmoduleController(SubmoduleService submodules) {
        this.submodules = submodules;
    }

    /**
     * What came of adding a submodule.
     *
     * @param result the commit's id
     */
    record Added(String result, String status) {}

    @PostMapping
    Added addSubmodule(
            Caller caller, @PathVariable("repository_id") long repositoryId, @RequestBody NewSubmodule body) {
        return new Added(submodules.add(caller, repositoryId, body), "success");
    }

    @GetMapping
    Page<Submodule> listSubmodules(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @RequestParam(required = false) @Nullable String sha,
            Slice slice) {
        return submodules.list(caller, repositoryId, sha, slice);
    }
}
