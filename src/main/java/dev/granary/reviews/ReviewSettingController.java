package dev.granary.reviews;

import dev.granary.kernel.Caller;
import dev.granary.kernel.Page;
import dev.granary.kernel.Scope;
import dev.granary.reviews.ReviewSettingAnswers.Attributes;
import dev.granary.reviews.ReviewSettingAnswers.Categories;
import dev.granary.reviews.ReviewSettingAnswers.Common;
import dev.granary.reviews.ReviewSettingAnswers.OfRepository;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The settings of reviews. */
@RestController
class ReviewSettingController {
    private static final String PROJECT = "/v4/projects/{project_id}";
    private static final String GROUP = "/v4/groups/{group_id}";
    private static final String REPOSITORY = "/v4/repositories/{repository_id}";
    private static final String SETTINGS = "/review-settings";
    private static final String ATTRIBUTES = "/setting/note-required-attributes";

    private final ReviewSettingService settings;
    private final SettingScopes scopes;

    ReviewSettingController(ReviewSettingService settings, SettingScopes scopes) {
        this.settings = settings;
        this.scopes = scopes;
    }

    /** The part of a change that is about what findings must have. */
    record AttributeChange(
            @Nullable Boolean isAssigneeIdRequired,
            @Nullable Boolean isReviewCategoriesRequired,
            @Nullable Boolean isReviewModulesRequired) {
        ReviewSettingChange whole() {
            return new ReviewSettingChange(
                    null,
                    null,
                    null,
                    null,
                    null,
                    isAssigneeIdRequired,
                    isReviewCategoriesRequired,
                    isReviewModulesRequired);
        }
    }

    @GetMapping("/v4/default-review-categories")
    Categories listDefaultReviewCategories(Caller caller) {
        return settings.categories(caller);
    }

    @GetMapping(PROJECT + SETTINGS)
    Common showProjectReviewSettings(Caller caller, @PathVariable("project_id") String projectId) {
        return Common.of(settings.show(caller, scopes.project(caller, projectId)));
    }

    @PostMapping(PROJECT + SETTINGS)
    @ResponseStatus(HttpStatus.CREATED)
    Common updateProjectReviewSettings(
            Caller caller, @PathVariable("project_id") String projectId, @RequestBody ReviewSettingChange body) {
        return Common.of(settings.update(caller, scopes.project(caller, projectId), body));
    }

    @GetMapping(PROJECT + ATTRIBUTES)
    Attributes listProjectNoteRequiredAttributes(Caller caller, @PathVariable("project_id") String projectId) {
        return Attributes.of(settings.show(caller, scopes.project(caller, projectId)));
    }

    @PostMapping(PROJECT + ATTRIBUTES)
    @ResponseStatus(HttpStatus.CREATED)
    Attributes updateProjectNoteRequiredAttributes(
            Caller caller, @PathVariable("project_id") String projectId, @RequestBody AttributeChange body) {
        return Attributes.of(settings.update(caller, scopes.project(caller, projectId), body.whole()));
    }

    @GetMapping(GROUP + SETTINGS)
    Common showGroupReviewSettings(Caller caller, @PathVariable("group_id") long groupId) {
        return Common.of(settings.show(caller, new Scope.Group(groupId)));
    }

    @PostMapping(GROUP + SETTINGS)
    @ResponseStatus(HttpStatus.CREATED)
    Common updateGroupReviewSettings(
            Caller caller, @PathVariable("group_id") long groupId, @RequestBody ReviewSettingChange body) {
        return Common.of(settings.update(caller, new Scope.Group(groupId), body));
    }

    @GetMapping(GROUP + ATTRIBUTES)
    Page<Attributes> showGroupNoteRequiredAttributes(Caller caller, @PathVariable("group_id") long groupId) {
        return Attributes.listed(settings.show(caller, new Scope.Group(groupId)));
    }

    @PostMapping(GROUP + ATTRIBUTES)
    @ResponseStatus(HttpStatus.CREATED)
    Attributes updateGroupNoteRequiredAttributes(
            Caller caller, @PathVariable("group_id") long groupId, @RequestBody AttributeChange body) {
        return Attributes.of(settings.update(caller, new Scope.Group(groupId), body.whole()));
    }

    @GetMapping(REPOSITORY + "/review-setting")
    OfRepository showReviewSetting(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @RequestParam(name = "with_default_review_categories", defaultValue = "false") boolean withCategories) {
        return OfRepository.of(settings.show(caller, new Scope.Repository(repositoryId)), withCategories);
    }

    @PostMapping(REPOSITORY + SETTINGS)
    @ResponseStatus(HttpStatus.CREATED)
    OfRepository createReviewSetting(
            Caller caller, @PathVariable("repository_id") long repositoryId, @RequestBody ReviewSettingChange body) {
        return OfRepository.of(settings.update(caller, new Scope.Repository(repositoryId), body), false);
    }

    @GetMapping(REPOSITORY + ATTRIBUTES)
    Page<Attributes> showNoteRequiredAttributes(Caller caller, @PathVariable("repository_id") long repositoryId) {
        return Attributes.listed(settings.show(caller, new Scope.Repository(repositoryId)));
    }

    @PostMapping(REPOSITORY + ATTRIBUTES)
    @ResponseStatus(HttpStatus.CREATED)
    Attributes updateNoteRequiredAttributes(
            Caller caller, @PathVariable("repository_id") long repositoryId, @RequestBody AttributeChange body) {
        return Attributes.of(settings.update(caller, new Scope.Repository(repositoryId), body.whole()));
    }
}
