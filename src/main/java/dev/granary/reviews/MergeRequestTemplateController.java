package dev.granary.reviews;

import dev.granary.kernel.Caller;
import dev.granary.kernel.Page;
import dev.granary.kernel.Scope;
import dev.granary.kernel.Slice;
import dev.granary.reviews.MergeRequestTemplateAnswers.Deleted;
import dev.granary.reviews.MergeRequestTemplateAnswers.OfGroup;
import dev.granary.reviews.MergeRequestTemplateAnswers.OfProject;
import dev.granary.reviews.MergeRequestTemplateAnswers.OfRepository;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The templates of merge requests. */
@RestController
class MergeRequestTemplateController {
    private static final String PROJECT = "/v4/projects/{project_id}/merge-requests/template";
    private static final String GROUP = "/v4/groups/{group_id}/merge-requests/template";
    private static final String REPOSITORY = "/v4/repositories/{repository_id}/merge-requests/template";
    private static final String ONE = "/{template_id}";

    private final MergeRequestTemplateService templates;
    private final MergeRequestTemplateAnswers answers;
    private final SettingScopes scopes;

    MergeRequestTemplateController(
            MergeRequestTemplateService templates, MergeRequestTemplateAnswers answers, SettingScopes scopes) {
        this.templates = templates;
        this.answers = answers;
        this.scopes = scopes;
    }

    @GetMapping(PROJECT + "s")
    Page<OfProject> listProjectMergeRequestTemplates(
            Caller caller,
            @PathVariable("project_id") String projectId,
            @RequestParam(name = "template_name", required = false) @Nullable String name,
            Slice slice) {
        return answers.ofProject(projectId, templates.list(caller, scopes.project(caller, projectId), name, slice));
    }

    @PostMapping(PROJECT + "s")
    @ResponseStatus(HttpStatus.CREATED)
    OfProject createProjectMergeRequestTemplate(
            Caller caller, @PathVariable("project_id") String projectId, @RequestBody NewMergeRequestTemplate body) {
        return answers.ofProject(projectId, templates.create(caller, scopes.project(caller, projectId), body));
    }

    @PutMapping(PROJECT + ONE)
    OfProject updateProjectMergeRequestTemplate(
            Caller caller,
            @PathVariable("project_id") String projectId,
            @PathVariable("template_id") long id,
            @RequestBody NewMergeRequestTemplate body) {
        return answers.ofProject(projectId, templates.update(caller, scopes.project(caller, projectId), id, body));
    }

    @DeleteMapping(PROJECT + ONE)
    Deleted deleteProjectMergeRequestTemplate(
            Caller caller, @PathVariable("project_id") String projectId, @PathVariable("template_id") long id) {
        return new Deleted(templates.delete(caller, scopes.project(caller, projectId), id));
    }

    @GetMapping(GROUP + "s")
    Page<OfGroup> listGroupMergeRequestTemplates(
            Caller caller,
            @PathVariable("group_id") long groupId,
            @RequestParam(name = "template_name", required = false) @Nullable String name,
            Slice slice) {
        return answers.ofGroup(templates.list(caller, new Scope.Group(groupId), name, slice));
    }

    @PostMapping(GROUP + "s")
    @ResponseStatus(HttpStatus.CREATED)
    OfGroup createGroupMergeRequestTemplate(
            Caller caller, @PathVariable("group_id") long groupId, @RequestBody NewMergeRequestTemplate body) {
        return answers.ofGroup(templates.create(caller, new Scope.Group(groupId), body));
    }

    @PutMapping(GROUP + ONE)
    OfGroup updateGroupMergeRequestTemplate(
            Caller caller,
            @PathVariable("group_id") long groupId,
            @PathVariable("template_id") long id,
            @RequestBody NewMergeRequestTemplate body) {
        return answers.ofGroup(templates.update(caller, new Scope.Group(groupId), id, body));
    }

    @DeleteMapping(GROUP + ONE)
    Deleted deleteGroupMergeRequestTemplate(
            Caller caller, @PathVariable("group_id") long groupId, @PathVariable("template_id") long id) {
        return new Deleted(templates.delete(caller, new Scope.Group(groupId), id));
    }

    @GetMapping(REPOSITORY + "s")
    Page<OfRepository> listMergeRequestTemplates(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @RequestParam(required = false) @Nullable String view,
            @RequestParam(name = "template_name", required = false) @Nullable String name,
            Slice slice) {
        return answers.ofRepository(templates.listRepository(caller, repositoryId, view, name, slice));
    }

    @PostMapping(REPOSITORY + "s")
    @ResponseStatus(HttpStatus.CREATED)
    OfRepository createMergeRequestTemplate(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @RequestBody NewMergeRequestTemplate body) {
        return answers.ofRepository(templates.create(caller, new Scope.Repository(repositoryId), body));
    }

    @GetMapping(REPOSITORY + ONE)
    OfRepository showMergeRequestTemplate(
            Caller caller, @PathVariable("repository_id") long repositoryId, @PathVariable("template_id") long id) {
        return answers.ofRepository(templates.show(caller, repositoryId, id));
    }

    @PutMapping(REPOSITORY + ONE)
    OfRepository updateMergeRequestTemplate(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @PathVariable("template_id") long id,
            @RequestBody NewMergeRequestTemplate body) {
        return answers.ofRepository(templates.update(caller, new Scope.Repository(repositoryId), id, body));
    }

    @DeleteMapping(REPOSITORY + ONE)
    Deleted deleteMergeRequestTemplate(
            Caller caller, @PathVariable("repository_id") long repositoryId, @PathVariable("template_id") long id) {
        return new Deleted(templates.delete(caller, new Scope.Repository(repositoryId), id));
    }
}
