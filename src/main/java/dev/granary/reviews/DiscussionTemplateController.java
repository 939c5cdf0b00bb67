package dev.granary.reviews;

import dev.granary.kernel.Caller;
import dev.granary.kernel.Page;
import dev.granary.kernel.Slice;
import dev.granary.reviews.DiscussionTemplateService.Given;
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

/** The templates of discussions. The contract only lists them; all else is beside it. */
@RestController
@RequestMapping("/v4/repositories/{repository_id}/discussion/templates")
class DiscussionTemplateController {
    private final DiscussionTemplateService templates;
    private final DiscussionTemplateAnswers answers;

    DiscussionTemplateController(DiscussionTemplateService templates, DiscussionTemplateAnswers answers) {
        this.templates = templates;
        this.answers = answers;
    }

    @GetMapping
    Page<DiscussionTemplateAnswers.View> listDiscussionTemplates(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @RequestParam(name = "is_default", required = false) @Nullable Boolean isDefault,
            Slice slice) {
        return answers.list(templates.list(caller, repositoryId, isDefault, slice));
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    DiscussionTemplateAnswers.View createDiscussionTemplate(
            Caller caller, @PathVariable("repository_id") long repositoryId, @RequestBody Given body) {
        return answers.one(templates.create(caller, repositoryId, body));
    }

    @PutMapping("/{template_id}")
    DiscussionTemplateAnswers.View updateDiscussionTemplate(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @PathVariable("template_id") long id,
            @RequestBody Given body) {
        return answers.one(templates.update(caller, repositoryId, id, body));
    }

    @DeleteMapping("/{template_id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void deleteDiscussionTemplate(
            Caller caller, @PathVariable("repository_id") long repositoryId, @PathVariable("template_id") long id) {
        templates.delete(caller, repositoryId, id);
    }
}
