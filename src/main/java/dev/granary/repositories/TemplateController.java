package dev.granary.repositories;

import dev.granary.kernel.Caller;
import dev.granary.kernel.Page;
import dev.granary.kernel.Slice;
import dev.granary.kernel.Times;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The templates of repositories in v4. */
@RestController
class TemplateController {
    private final TemplateService templates;
    private final CloneAddresses addresses;

    TemplateController(TemplateService templates, CloneAddresses addresses) {
        this.templates = templates;
        this.addresses = addresses;
    }

    /**
     * A template in v4.
     *
     * @param likedTimes 0: templates are not liked here
     */
    record Template(
            long repositoryId,
            String name,
            boolean system,
            List<String> tags,
            String description,
            String language,
            String repositoryName,
            String briefIntroduction,
            String createdAt,
            int usedTimes,
            int likedTimes,
            String creatorName,
            String httpsUrl) {
        static Template of(RepositoryTemplate template, CloneAddresses addresses) {
            return new Template(
                    template.repository().id(),
                    template.title(),
                    template.system(),
                    template.tags(),
                    template.introduction(),
                    template.language(),
                    template.repository().name(),
                    template.brief(),
                    Times.v4(template.sharedAt()),
                    template.usedTimes(),
                    0,
                    template.creatorName(),
                    addresses.http(template.repository()));
        }
    }

    @GetMapping("/v4/repository-templates")
    Page<Template> listRepositoryTemplates(
            Caller caller,
            @RequestParam(required = false) @Nullable String platform,
            @RequestParam(required = false) @Nullable String pipeline,
            @RequestParam(required = false) @Nullable String type,
            @RequestParam(required = false) @Nullable String search,
            @RequestParam(name = "enter_type", required = false) @Nullable String enterType,
            @RequestParam(name = "date_order", required = false) @Nullable String dateOrder,
            @RequestParam(required = false) @Nullable String language,
            @RequestParam(name = "project_id", required = false) @Nullable String projectId,
            Slice slice) {
        var asked =
                new TemplateQuery.Parameters(platform, language, pipeline, enterType, search, dateOrder, null, type);
        return templates.list(caller, asked, projectId, slice).map(template -> Template.of(template, addresses));
    }
}
