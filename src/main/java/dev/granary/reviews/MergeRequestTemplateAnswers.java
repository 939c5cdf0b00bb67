package dev.granary.reviews;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.granary.kernel.Page;
import dev.granary.kernel.Times;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Templates of merge requests as the answers show them. */
@Component
class MergeRequestTemplateAnswers {
    private final UserViews users;
    private final MergeRequestTemplateStore templates;

    MergeRequestTemplateAnswers(UserViews users, MergeRequestTemplateStore templates) {
        this.users = users;
        this.templates = templates;
    }

    /** What all templates have. */
    record Common(
            long id,
            String description,
            String createdAt,
            String updatedAt,
            String templateName,
            String mergeRequestTitle,
            boolean isDefault,
            boolean isWip,
            int autoExtractMrTitle,
            UserViews.@Nullable Basic creator) {}

    /** Of a project, by its 32-digit id. */
    record OfProject(@JsonUnwrapped Common template, String projectId) {}

    /** Of a group. */
    record OfGroup(@JsonUnwrapped Common template, long groupId) {}

    /**
     * One that a repository may use.
     *
     * @param repositoryId the repository that has it; null for one from above
     */
    record OfRepository(
            @JsonUnwrapped Common template, @Nullable Long repositoryId, From from) {}

    /** Whose a template is: one of the three ids is there. */
    record From(
            String path,
            String type,
            @Nullable Long repositoryId,
            @Nullable Long groupId,
            @Nullable String projectId) {}

    /** What a deletion answers. */
    record Deleted(long id) {}

    Page<OfProject> ofProject(String uuid, Page<MergeRequestTemplate> page) {
        var known = known(page.items());
        return page.map(template -> new OfProject(common(template, known), uuid));
    }

    OfProject ofProject(String uuid, MergeRequestTemplate template) {
        return new OfProject(common(template, known(List.of(template))), uuid);
    }

    Page<OfGroup> ofGroup(Page<MergeRequestTemplate> page) {
        var known = known(page.items());
        return page.map(template -> new OfGroup(common(template, known), template.scopeId()));
    }

    OfGroup ofGroup(MergeRequestTemplate template) {
        return new OfGroup(common(template, known(List.of(template))), template.scopeId());
    }

    Page<OfRepository> ofRepository(Page<MergeRequestTemplate> page) {
        var known = known(page.items());
        return page.map(template -> ofRepository(template, known));
    }

    OfRepository ofRepository(MergeRequestTemplate template) {
        return ofRepository(template, known(List.of(template)));
    }

    private OfRepository ofRepository(MergeRequestTemplate template, UserViews.Known known) {
        var repository = template.scope().equals("repository") ? template.scopeId() : null;
        return new OfRepository(
                common(template, known),
                repository,
                new From(
                        template.path(),
                        template.scope(),
                        repository,
                        template.scope().equals("group") ? template.scopeId() : null,
                        template.scope().equals("project") ? templates.projectUuid(template.scopeId()) : null));
    }

    private UserViews.Known known(List<MergeRequestTemplate> templates) {
        Set<Long> creators = templates.stream()
                .flatMap(template -> UserViews.present(template.creatorId()).stream())
                .collect(Collectors.toSet());
        return users.known(creators);
    }

    private static Common common(MergeRequestTemplate template, UserViews.Known known) {
        return new Common(
                template.id(),
                template.description(),
                Times.v4(template.createdAt()),
                Times.v4(template.updatedAt()),
                template.name(),
                template.title(),
                template.chosenFirst(),
                template.workInProgress(),
                template.titleSource(),
                known.basic(template.creatorId()));
    }
}
