package dev.granary.search;

import dev.granary.kernel.Caller;
import dev.granary.kernel.Slice;
import dev.granary.search.CodeQuery.Mode;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Code search; the public API has nothing like it. */
@RestController
class CodeSearchController {
    private final CodeSearchService search;

    CodeSearchController(CodeSearchService search) {
        this.search = search;
    }

    @GetMapping("/v4/search/code")
    ResponseEntity<CodeFound> searchCode(
            Caller caller,
            @RequestParam String query,
            @RequestParam(required = false) @Nullable String mode,
            @RequestParam(name = "case_sensitive", defaultValue = "false") boolean caseSensitive,
            @RequestParam(required = false) @Nullable String path,
            @RequestParam(required = false) @Nullable String language,
            @RequestParam(name = "repository_id", required = false) @Nullable Long repositoryId,
            @RequestParam(name = "project_id", required = false) @Nullable String projectId,
            @RequestParam(name = "group_id", required = false) @Nullable Long groupId,
            Slice slice) {
        return counted(search.search(
                caller,
                new CodeScope(repositoryId, projectId, groupId),
                new CodeQuery(query, Mode.of(mode), caseSensitive, path, language, slice)));
    }

    @GetMapping("/v4/repositories/{repository_id}/search/code")
    ResponseEntity<CodeFound> searchRepositoryCode(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @RequestParam String query,
            @RequestParam(required = false) @Nullable String mode,
            @RequestParam(name = "case_sensitive", defaultValue = "false") boolean caseSensitive,
            @RequestParam(required = false) @Nullable String path,
            @RequestParam(required = false) @Nullable String language,
            Slice slice) {
        return counted(search.search(
                caller,
                CodeScope.repository(repositoryId),
                new CodeQuery(query, Mode.of(mode), caseSensitive, path, language, slice)));
    }

    private static ResponseEntity<CodeFound> counted(CodeFound found) {
        return ResponseEntity.ok()
                .header("X-Total", Long.toString(found.total()))
                .body(found);
    }
}
