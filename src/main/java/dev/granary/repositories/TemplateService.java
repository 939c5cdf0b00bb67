package dev.granary.repositories;

import dev.granary.access.AccessService;
import dev.granary.access.Permission;
import dev.granary.kernel.Caller;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Ids;
import dev.granary.kernel.Page;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Slice;
import dev.granary.kernel.Texts;
import dev.granary.projects.Namespace;
import dev.granary.projects.ProjectService;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.regex.Pattern;
import org.eclipse.jgit.lib.PersonIdent;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Repositories that others are made of: their files, in one commit, without their history. */
@Service
public class TemplateService {
    private static final int LONGEST_TITLE = 50;
    private static final int LONGEST_CREATOR = 128;
    private static final int LONGEST_INTRODUCTION = 2000;
    private static final int LONGEST_ENTRY = 32;
    private static final int MOST_ENTRIES = 20;
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,10}");

    private final RepositoryService repositories;
    private final RepositoryCreator creator;
    private final GitFolders folders;
    private final TemplateStore store;
    private final ProjectService projects;
    private final AccessService access;
    private final TransactionTemplate transaction;
    private final Clock clock;

    TemplateService(
            RepositoryService repositories,
            RepositoryCreator creator,
            GitFolders folders,
            TemplateStore store,
            ProjectService projects,
            AccessService access,
            TransactionTemplate transaction,
            Clock clock) {
        this.repositories = repositories;
        this.creator = creator;
        this.folders = folders;
        this.store = store;
        this.projects = projects;
        this.access = access;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** Makes a repository a template, changes what is said of it as one, or takes it from the templates. */
    String share(Caller caller, String uuid, TemplateBody body) {
        var repository = repositories.requireByUuid(caller, uuid, Permission.REPOSITORY_SETTINGS);
        var type = body.templateType() == null || body.templateType().isEmpty() ? "USER" : body.templateType();
        if (!List.of("USER", "SYSTEM", "NONE").contains(type)) {
            throw Problem.invalid("template_type", "one-of", "USER, SYSTEM, NONE");
        }
        if (type.equals("SYSTEM") || store.isSystem(repository.id()).orElse(false)) {
            access.requireAdministrator(caller);
        }
        if (type.equals("NONE")) {
            transaction.executeWithoutResult(_ -> store.delete(repository.id()));
            return type;
        }
        var row = new TemplateStore.Row(
                repository.id(),
                type.equals("SYSTEM"),
                Texts.line("code_title", or(body.codeTitle(), shortened(repository.name())), 1, LONGEST_TITLE),
                Texts.line("creator_name", or(body.creatorName(), caller.label()), 1, LONGEST_CREATOR),
                Texts.lines("code_description", body.codeDescription(), LONGEST_INTRODUCTION),
                entries("languages", body.languages()),
                entries("plateform", body.plateform()),
                entries("entertype", body.entertype()),
                0,
                clock.millis());
        transaction.executeWithoutResult(_ -> store.put(row));
        return type;
    }

    private static String or(@Nullable String text, String otherwise) {
        return text == null || text.isBlank() ? otherwise : text;
    }

    private static String shortened(String name) {
        return name.substring(0, Math.min(name.length(), LONGEST_TITLE));
    }

    private static String entries(String field, @Nullable List<@Nullable String> entries) {
        if (entries == null) {
            return "";
        }
        if (entries.size() > MOST_ENTRIES) {
            throw Problem.invalid(field, "maximum-count", MOST_ENTRIES);
        }
        return TemplateStore.lines(entries.stream()
                .map(entry -> Texts.line(field, entry, 1, LONGEST_ENTRY))
                .distinct()
                .toList());
    }

    /** A page of all templates that the caller may view, the most used first. */
    public Page<RepositoryTemplate> list(Caller caller, Slice slice) {
        var all = new TemplateQuery.Parameters(null, null, null, null, null, null, "down", null);
        return list(caller, all, null, slice);
    }

    /** A page of the templates that the caller may view. */
    Page<RepositoryTemplate> list(
            Caller caller, TemplateQuery.Parameters asked, @Nullable String projectUuid, Slice slice) {
        access.requireUser(caller);
        var project = projectUuid == null || projectUuid.isEmpty()
                ? null
                : Long.valueOf(projects.require(caller, projectUuid, Permission.PROJECT_VIEW)
                        .id());
        return store.list(caller, TemplateQuery.of(asked, project, slice));
    }

    /** A page of a project's templates. */
    Page<RepositoryTemplate> listOfProject(Caller caller, String projectUuid, Slice slice) {
        var project = projects.require(caller, projectUuid, Permission.PROJECT_VIEW);
        return store.list(caller, TemplateQuery.ofProject(project.id(), slice));
    }

    /**
     * The template of an id, 32 digits or numeric, if the caller may download it.
     *
     * @throws Problem {@link ErrorCode#TEMPLATE_NOT_FOUND} also for repositories that are no templates
     */
    HostedRepository require(Caller caller, String id) {
        var text = id.strip();
        if (!Ids.isUuid(text) && !NUMBER.matcher(text).matches()) {
            throw new Problem(ErrorCode.TEMPLATE_NOT_FOUND);
        }
        var repository = Ids.isUuid(text)
                ? repositories.requireByUuid(caller, text, Permission.DOWNLOAD)
                : repositories.require(caller, Long.parseLong(text), Permission.DOWNLOAD);
        if (store.isSystem(repository.id()).isEmpty()) {
            throw new Problem(ErrorCode.TEMPLATE_NOT_FOUND);
        }
        if (repository.status() != HostedRepository.READY) {
            throw new Problem(ErrorCode.REPOSITORY_NOT_READY);
        }
        return repository;
    }

    /** Creates a repository with the files of a template, as its default branch has them, in a first commit. */
    HostedRepository create(
            Caller caller, Namespace namespace, RepositoryCreation creation, HostedRepository template) {
        var user = access.requireUser(caller);
        var branch = template.defaultBranch();
        var author = new PersonIdent(user.name(), user.email(), clock.instant(), ZoneId.systemDefault());
        var made = creator.create(
                caller,
                namespace,
                creation,
                branch,
                null,
                uuid -> folders.create(uuid, branch, repository -> {
                    try (var source = repositories.open(template)) {
                        TemplateFiles.copy(source, repository, branch, author);
                    }
                }));
        transaction.executeWithoutResult(_ -> store.used(template.id()));
        return made;
    }
}
