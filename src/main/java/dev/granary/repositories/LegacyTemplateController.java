package dev.granary.repositories;

import dev.granary.kernel.Caller;
import dev.granary.kernel.Page;
import dev.granary.kernel.Slice;
import dev.granary.kernel.Times;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The templates of repositories in v1 and v2, which spell the parameters differently. The region is this one. */
@RestController
class LegacyTemplateController {
    private final TemplateService templates;
    private final CloneAddresses addresses;

    LegacyTemplateController(TemplateService templates, CloneAddresses addresses) {
        this.templates = templates;
        this.addresses = addresses;
    }

    /**
     * A template in v1 and v2.
     *
     * @param autoPendingPipelines 1 when a pipeline builds the template
     * @param likedTimes 0: templates are not liked here
     */
    record Template(
            long id,
            String name,
            String templateName,
            List<String> tags,
            String description,
            String briefIntroduction,
            int autoPendingPipelines,
            String language,
            String createdAt,
            int usedTimes,
            int likedTimes,
            String creatorName,
            String httpsUrl) {}

    /** A page of templates. */
    record Templates(List<Template> projects, long total) {}

    /** A template in the list of a project's. */
    record ProjectTemplate(
            String uuid, String repoId, String repoName, String sshUrl, String codeUrl, String detailUrl) {}

    /** A page of a project's templates. */
    record ProjectTemplates(List<ProjectTemplate> repos, long totalCount) {}

    @GetMapping("/v1/repositories/repository_templates")
    Templates getTemplates(
            Caller caller,
            @RequestParam(required = false) @Nullable String platform,
            @RequestParam(required = false) @Nullable String language,
            @RequestParam(required = false) @Nullable String pipeline,
            @RequestParam(required = false) @Nullable String entertype,
            @RequestParam(required = false) @Nullable String search,
            @RequestParam(required = false) @Nullable String dateorder,
            @RequestParam(required = false) @Nullable String usedtimeorder,
            @RequestParam(required = false) @Nullable String type,
            @RequestParam(name = "page_no", required = false) @Nullable Integer pageNo,
            @RequestParam(name = "page_size", required = false) @Nullable Integer pageSize) {
        return templates(templates.list(
                caller,
                new TemplateQuery.Parameters(
                        platform, language, pipeline, entertype, search, dateorder, usedtimeorder, type),
                null,
                slice(pageNo, pageSize)));
    }

    @GetMapping("/v2/repositories/repository-templates")
    Templates listTwoTemplates(
            Caller caller,
            @RequestParam(required = false) @Nullable String platform,
            @RequestParam(required = false) @Nullable String language,
            @RequestParam(required = false) @Nullable String pipeline,
            @RequestParam(name = "enter_type", required = false) @Nullable String enterType,
            @RequestParam(required = false) @Nullable String search,
            @RequestParam(name = "date_order", required = false) @Nullable String dateOrder,
            @RequestParam(name = "used_time_order", required = false) @Nullable String usedTimeOrder,
            @RequestParam(required = false) @Nullable String type,
            @RequestParam(name = "page_no", required = false) @Nullable Integer pageNo,
            @RequestParam(name = "page_size", required = false) @Nullable Integer pageSize) {
        return templates(templates.list(
                caller,
                new TemplateQuery.Parameters(
                        platform, language, pipeline, enterType, search, dateOrder, usedTimeOrder, type),
                null,
                slice(pageNo, pageSize)));
    }

    @PutMapping({
        "/v1/repositories/{repository_uuid}/template_status",
        "/v2/repositories/{repository_uuid}/template-status"
    })
    String shareTemplates(
            Caller caller, @PathVariable("repository_uuid") String repositoryUuid, @RequestBody TemplateBody body) {
        return templates.share(caller, repositoryUuid, body);
    }

    @GetMapping({
        "/v1/projects/{project_uuid}/repositories/template_status",
        "/v2/projects/{project_uuid}/repositories/template-status"
    })
    ProjectTemplates getProductTemplates(
            Caller caller,
            @PathVariable("project_uuid") String projectUuid,
            @RequestParam(name = "page_no", required = false) @Nullable Integer pageNo,
            @RequestParam(name = "page_size", required = false) @Nullable Integer pageSize) {
        var page = templates.listOfProject(caller, projectUuid, slice(pageNo, pageSize));
        return new ProjectTemplates(
                page.items().stream().map(this::projectTemplate).toList(), page.total());
    }

    private static Slice slice(@Nullable Integer page, @Nullable Integer size) {
        return Slice.ofPage(page, size, "page_no", "page_size");
    }

    private Templates templates(Page<RepositoryTemplate> page) {
        return new Templates(page.items().stream().map(this::template).toList(), page.total());
    }

    private Template template(RepositoryTemplate template) {
        return new Template(
                template.repository().id(),
                template.title(),
                template.repository().name(),
                template.tags(),
                template.introduction(),
                template.brief(),
                template.pipeline() ? 1 : 0,
                template.language(),
                Times.v2(template.sharedAt()),
                template.usedTimes(),
                0,
                template.creatorName(),
                addresses.http(template.repository()));
    }

    private ProjectTemplate projectTemplate(RepositoryTemplate template) {
        var repository = template.repository();
        return new ProjectTemplate(
                repository.uuid(),
                Long.toString(repository.id()),
                repository.name(),
                addresses.ssh(repository),
                addresses.http(repository),
                addresses.web(repository));
    }
}
