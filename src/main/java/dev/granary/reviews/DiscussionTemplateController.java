package dev.granary.reviews;

import dev.granary.kernel.Caller;
import dev.granary.kernel.Page;
import dev.granary.kernel.Scope;
import dev.granary.kernel.Slice;
import dev.granary.reviews.DiscussionTemplateService.Given;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * The templates of discussions. The contract only lists those of a repository; all else is beside it. A repository may use
 * those of its groups and its project, too.
 */
@RestController
@RequestMapping({
    "/v4/projects/{project_id}/discussion/templates",
    "/v4/groups/{group_id}/discussion/templates",
    "/v4/repositories/{repository_id}/discussion/templates"
})
class DiscussionTemplateController {
    private final DiscussionTemplateService templates;
    private final DiscussionTemplateAnswers answers;
    private final SettingScopes scopes;

    DiscussionTemplateController(
            DiscussionTemplateService templates, DiscussionTemplateAnswers answers, SettingScopes scopes) {
        this.templates = templates;
        this.answers = answers;
        this.scopes = scopes;
    }

    /** What the path names. */
    @ModelAttribute
    Scope scope(
            Caller caller,
            @PathVariable(name = "project_id", required = false) @Nullable String projectId,
            @PathVariable(name = "group_id", required = false) @Nullable Long groupId,
            @PathVariable(name = "repository_id", required = false) @Nullable Long repositoryId) {
        return scopes.of(caller, projectId, groupId, repositoryId);
    }

    @GetMapping
    Page<DiscussionTemplateAnswers.View> listDiscussionTemplates(
            Caller caller,
            @ModelAttribute(binding = false) Scope scope,
            @RequestParam(name = "is_default", required = false) @Nullable Boolean isDefault,
            Slice slice) {
        return answers.list(templates.list(caller, scope, isDefault, slice));
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    DiscussionTemplateAnswers.View createDiscussionTemplate(
            Caller caller, @ModelAttribute(binding = false) Scope scope, @RequestBody Given body) {
        return answers.one(templates.create(caller, scope, body));
    }

    @PutMapping("/{template_id}")
    DiscussionTemplateAnswers.View updateDiscussionTemplate(
            Caller caller,
            @ModelAttribute(binding = false) Scope scope,
            @PathVariable("template_id") long id,
            @RequestBody Given body) {
        return answers.one(templates.update(caller, scope, id, body));
    }

    @DeleteMapping("/{template_id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void deleteDiscussionTemplate(
            Caller caller, @ModelAttribute(binding = false) Scope scope, @PathVariable("template_id") long id) {
        templates.delete(caller, scope, id);
    }
}
