package dev.granary.reviews;

import dev.granary.kernel.Caller;
import dev.granary.kernel.Scope;
import java.util.Objects;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The templates of what merges say, which the contract's settings do not show. */
@RestController
class MessageTemplateController {
    private final MergeRequestSettingService settings;
    private final SettingScopes scopes;

    MessageTemplateController(MergeRequestSettingService settings, SettingScopes scopes) {
        this.settings = settings;
        this.scopes = scopes;
    }

    /** Both templates; empty for the usual text. */
    record Templates(String mergeCommitTemplate, String squashCommitTemplate) {
        static Templates of(MergeRequestSettingService.Shown shown) {
            return new Templates(
                    Objects.requireNonNullElse(shown.setting().mergeCommitTemplate(), ""),
                    Objects.requireNonNullElse(shown.setting().squashCommitTemplate(), ""));
        }
    }

    @GetMapping("/v4/projects/{project_id}/merge-requests/message-templates")
    Templates showProjectMessageTemplates(Caller caller, @PathVariable("project_id") String projectId) {
        return Templates.of(settings.show(caller, scopes.project(caller, projectId)));
    }

    @GetMapping("/v4/groups/{group_id}/merge-requests/message-templates")
    Templates showGroupMessageTemplates(Caller caller, @PathVariable("group_id") long groupId) {
        return Templates.of(settings.show(caller, new Scope.Group(groupId)));
    }

    @GetMapping("/v4/repositories/{repository_id}/merge-requests/message-templates")
    Templates showMessageTemplates(Caller caller, @PathVariable("repository_id") long repositoryId) {
        return Templates.of(settings.show(caller, new Scope.Repository(repositoryId)));
    }
}
