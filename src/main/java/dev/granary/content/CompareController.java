package dev.granary.content;

import dev.granary.kernel.Caller;
import dev.granary.kernel.Slice;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
class CompareController {
    private final CompareService comparisons;

    CompareController(CompareService comparisons) {
        this.comparisons = comparisons;
    }

    @GetMapping("/v4/repositories/{repository_id}/compare")
    Comparison showRefCompare(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @RequestParam String from,
            @RequestParam String to,
            @RequestParam(name = "compare_type", required = false) @Nullable String compareType,
            @RequestParam(name = "target_id", required = false) @Nullable Long targetId,
            @RequestParam(defaultValue = "false") boolean straight,
            @RequestParam(name = "ignore_whitespace_change", defaultValue = "false") boolean ignoreWhitespaceChange,
            @RequestParam(required = false) @Nullable String view,
            @RequestParam(name = "only_count", defaultValue = "false") boolean onlyCount,
            @RequestParam(name = "file_path", required = false) @Nullable String filePath,
            @RequestParam(name = "additional_fields", required = false) @Nullable String additionalFields,
            Slice slice) {
        var query = CompareQuery.of(from, to, compareType, straight, slice)
                .showing(view, onlyCount, ignoreWhitespaceChange)
                .counting(additionalFields)
                .touching(filePath);
        return comparisons.compare(caller, repositoryId, targetId, query);
    }
}
