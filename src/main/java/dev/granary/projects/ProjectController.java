package dev.granary.projects;

import dev.granary.access.Permission;
import dev.granary.kernel.Caller;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** ProjectMan's operations on projects. */
@RestController
class ProjectController {
    private final ProjectService projects;
    private final ProjectAnswers answers;

    ProjectController(ProjectService projects, ProjectAnswers answers) {
        this.projects = projects;
        this.answers = answers;
    }

    /**
     * What a client may say of a project. Other fields of ProjectMan's request (its source, template and enterprise
     * project) are accepted and have no meaning here.
     */
    record ProjectBody(
            @Nullable String projectName,
            @Nullable String description,
            @Nullable String projectType) {}

    @PostMapping("/v4/project")
    @ResponseStatus(HttpStatus.CREATED)
    ProjectAnswers.Created createProjectV4(Caller caller, @RequestBody ProjectBody body) {
        return answers.created(projects.create(caller, body.projectName(), body.description(), body.projectType()));
    }

    @GetMapping("/v4/projects")
    ProjectAnswers.Listing listProjectsV4(Caller caller, ProjectQuery query) {
        return answers.listing(projects.list(caller, query));
    }

    @PostMapping("/v4/projects/check-name")
    ProjectAnswers.Existence checkProjectNameV4(Caller caller, @RequestBody ProjectBody body) {
        return new ProjectAnswers.Existence(projects.exists(caller, body.projectName()));
    }

    @GetMapping("/v4/projects/{project_id}")
    ProjectAnswers.Shown showProjectInfoV4(Caller caller, @PathVariable("project_id") String projectId) {
        return answers.shown(projects.require(caller, projectId, Permission.PROJECT_VIEW));
    }

    @PutMapping("/v4/projects/{project_id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void updateProjectV4(Caller caller, @PathVariable("project_id") String projectId, @RequestBody ProjectBody body) {
        projects.update(caller, projectId, body.projectName(), body.description());
    }

    @DeleteMapping("/v4/projects/{project_id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void deleteProjectV4(Caller caller, @PathVariable("project_id") String projectId) {
        projects.delete(caller, projectId);
    }
}
