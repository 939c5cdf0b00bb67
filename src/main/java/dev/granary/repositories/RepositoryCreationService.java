package dev.granary.repositories;

import dev.granary.access.AccessService;
import dev.granary.access.Permission;
import dev.granary.kernel.Caller;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import dev.granary.projects.Namespace;
import dev.granary.projects.Namespaces;
import dev.granary.projects.PlaceNames;
import dev.granary.projects.ProjectService;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Creates repositories as clients ask for them. */
@Service
public class RepositoryCreationService {
    private static final String DEFAULT_PROJECT_TYPE = "scrum";

    private final RepositoryCreator creator;
    private final InitialFiles initialFiles;
    private final TemplateService templates;
    private final RepositoryImports imports;
    private final ProjectService projects;
    private final Namespaces namespaces;
    private final AccessService access;

    RepositoryCreationService(
            RepositoryCreator creator,
            InitialFiles initialFiles,
            TemplateService templates,
            RepositoryImports imports,
            ProjectService projects,
            Namespaces namespaces,
            AccessService access) {
        this.creator = creator;
        this.templates = templates;
        this.initialFiles = initialFiles;
        this.imports = imports;
        this.projects = projects;
        this.namespaces = namespaces;
        this.access = access;
    }

    /** Creates a repository in a project that exists. */
    public HostedRepository create(Caller caller, NewRepositoryBody body) {
        if (!RepositoryCreation.given(body.projectUuid())) {
            throw Problem.invalid("project_uuid", "required");
        }
        var namespace = namespaces.require(
                caller, Objects.requireNonNull(body.projectUuid()), body.groupId(), Permission.REPOSITORY_CREATE);
        var name = PlaceNames.require("name", body.name());
        var description = Objects.requireNonNullElse(body.description(), "");
        if (RepositoryCreation.given(body.importUrl())) {
            // What it begins with is the source's alone.
            var copy = new RepositoryCreation(
                    name,
                    description,
                    visibility(body.visibilityLevel()),
                    RepositoryCreation.chosen("import_members", body.importMembers()),
                    Map.of());
            return imports.create(caller, namespace, copy, Objects.requireNonNull(body.importUrl()));
        }
        var readme = RepositoryCreation.chosen("enable_readme", body.enableReadme());
        var wanted = new RepositoryCreation(
                name,
                description,
                visibility(body.visibilityLevel()),
                RepositoryCreation.chosen("import_members", body.importMembers()),
                initialFiles.choose(name, description, readme, body.gitignoreId(), body.licenseId(), caller.label()));
        return create(caller, namespace, wanted, template(caller, body.templateId()));
    }

    /** Creates a repository in the project of a name, which is created where there is none. */
    HostedRepository createWithProject(Caller caller, NewProjectRepositoryBody body) {
        var creation = creation(body);
        var template = template(caller, body.templateId());
        return inNamespace(caller, body, namespace -> create(caller, namespace, creation, template));
    }

    private Optional<HostedRepository> template(Caller caller, @Nullable String id) {
        return Optional.ofNullable(id).filter(RepositoryCreation::given).map(text -> templates.require(caller, text));
    }

    /** A template brings files of its own: those chosen in the request are for repositories without. */
    private HostedRepository create(
            Caller caller, Namespace namespace, RepositoryCreation wanted, Optional<HostedRepository> template) {
        return template.map(source -> templates.create(caller, namespace, wanted, source))
                .orElseGet(() -> creator.create(caller, namespace, wanted));
    }

    /** What a v2 body asks for, checked before anything is created. */
    static RepositoryCreation creation(NewProjectRepositoryBody body) {
        return new RepositoryCreation(
                PlaceNames.require("repo_name", body.repoName()),
                "",
                visibility(body.visibilityLevel()),
                RepositoryCreation.chosen("import_members", body.importMembers()),
                Map.of());
    }

    /** Does something in the project that a v2 body names, or in its group, after creating it where there is none. */
    HostedRepository inNamespace(
            Caller caller, NewProjectRepositoryBody body, Function<Namespace, HostedRepository> creation) {
        access.requireUser(caller);
        if (!RepositoryCreation.given(body.projectName())) {
            throw Problem.invalid("project_name", "required");
        }
        var name = Objects.requireNonNull(body.projectName());
        var type = body.type() == null || body.type().isBlank() ? DEFAULT_PROJECT_TYPE : body.type();
        var known = projects.findByName(caller, name);
        if (known.isEmpty() && body.groupId() != null && body.groupId() != 0) {
            throw new Problem(ErrorCode.GROUP_NOT_FOUND);
        }
        var project = known.orElseGet(() -> projects.create(caller, name, "", type));
        return creation.apply(namespaces.require(caller, project, body.groupId(), Permission.REPOSITORY_CREATE));
    }

    private static int visibility(@Nullable Integer level) {
        return level == null ? 0 : level;
    }
}
