package dev.granary.reviews;

import dev.granary.kernel.Caller;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Takes over merge requests that were made elsewhere. */
@RestController
class MergeRequestImportController {
    private final MergeRequestImportService imports;
    private final MergeRequestAnswers answers;

    MergeRequestImportController(MergeRequestImportService imports, MergeRequestAnswers answers) {
        this.imports = imports;
        this.answers = answers;
    }

    @PostMapping("/v4/repositories/{repository_id}/import-merge-requests")
    @ResponseStatus(HttpStatus.CREATED)
    MergeRequestView.Whole importMergeRequest(
            Caller caller, @PathVariable("repository_id") long repositoryId, @RequestBody ImportedMergeRequest body) {
        return answers.whole(caller, imports.importRequest(caller, repositoryId, body));
    }
}
