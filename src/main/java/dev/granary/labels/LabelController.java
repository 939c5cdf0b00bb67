package dev.granary.labels;

import dev.granary.kernel.Caller;
import dev.granary.kernel.Page;
import dev.granary.kernel.Slice;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The labels of a repository. */
@RestController
@RequestMapping("/v4/repositories/{repository_id}")
class LabelController {
    private final LabelService labels;
    private final LabelAnswers answers;

    LabelController(LabelService labels, LabelAnswers answers) {
        this.labels = labels;
        this.answers = answers;
    }

    @PostMapping("/labels")
    LabelAnswers.Created createRepositoryLabel(
            Caller caller, @PathVariable("repository_id") long repositoryId, @RequestBody LabelBody body) {
        return answers.created(labels.create(caller, repositoryId, body));
    }

    @PostMapping("/system-labels")
    List<LabelAnswers.Created> createRepositorySystemLabels(
            Caller caller, @PathVariable("repository_id") long repositoryId) {
        return labels.createSystem(caller, repositoryId).stream()
                .map(answers::created)
                .toList();
    }

    @GetMapping("/labels")
    Page<LabelAnswers.Listed> listRepositoryLabels(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @RequestParam(required = false) @Nullable String search,
            @RequestParam(required = false) @Nullable String sort,
            @RequestParam(required = false) @Nullable String view,
            @RequestParam(name = "include_expired", defaultValue = "true") boolean includeExpired,
            Slice slice) {
        return answers.listed(labels.list(caller, repositoryId, search, sort, view, includeExpired, slice));
    }

    @PutMapping("/label")
    LabelAnswers.Changed updateRepositoryLabel(
            Caller caller, @PathVariable("repository_id") long repositoryId, @RequestBody LabelBody body) {
        return answers.changed(labels.update(caller, repositoryId, body));
    }

    @DeleteMapping("/label")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void deleteRepositoryLabel(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @RequestParam(required = false) @Nullable String name) {
        labels.delete(caller, repositoryId, name);
    }
}
