package dev.granary.refs;

import dev.granary.kernel.Caller;
import dev.granary.kernel.Page;
import dev.granary.kernel.Scope;
import dev.granary.kernel.Slice;
import dev.granary.refs.AccessRuleAnswers.OfFile;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Who may push which files of a repository. */
@RestController
@RequestMapping("/v4/repositories/{repository_id}/file-push-permissions")
class FilePermissionController {
    private final FilePermissionService permissions;
    private final AccessRuleAnswers answers;

    FilePermissionController(FilePermissionService permissions, AccessRuleAnswers answers) {
        this.permissions = permissions;
        this.answers = answers;
    }

    /** What is to change. */
    record Changes(@Nullable List<FilePermissionService.@Nullable Body> permissions) {}

    /** What is to go. */
    record Ids(@Nullable List<@Nullable Long> ids) {}

    @GetMapping
    Page<OfFile> listRepositoryFilePushPermissions(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @RequestParam(required = false) @Nullable String search,
            Slice slice) {
        var page = permissions.list(caller, new Scope.Repository(repositoryId), search, slice);
        return new Page<>(answers.ofFiles(page.items()), page.total());
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    OfFile createFilePushPermission(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @RequestBody FilePermissionService.Body body) {
        return answers.ofFiles(List.of(permissions.create(caller, new Scope.Repository(repositoryId), body)))
                .getFirst();
    }

    @PutMapping
    List<OfFile> batchUpdateRepositoryFilePushPermissions(
            Caller caller, @PathVariable("repository_id") long repositoryId, @RequestBody Changes body) {
        return answers.ofFiles(permissions.update(caller, new Scope.Repository(repositoryId), body.permissions()));
    }

    @PostMapping("/batch-delete")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void batchDeleteRepositoryFilePushPermissions(
            Caller caller, @PathVariable("repository_id") long repositoryId, @RequestBody Ids body) {
        permissions.delete(caller, new Scope.Repository(repositoryId), body.ids());
    }
}
