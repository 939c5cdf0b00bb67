package dev.granary.reviews;

import dev.granary.kernel.Caller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The settings of reviews in v2. */
@RestController
class LegacyReviewSettingController {
    private final ReviewSettingService settings;

    LegacyReviewSettingController(ReviewSettingService settings) {
        this.settings = settings;
    }

    @GetMapping("/v2/repositories/{repository_id}/review_setting")
    ReviewSettingAnswers.Legacy showReviewSetting(Caller caller, @PathVariable("repository_id") long repositoryId) {
        return ReviewSettingAnswers.Legacy.of(settings.showWithSource(caller, repositoryId));
    }
}
