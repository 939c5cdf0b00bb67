package dev.granary.activity;

import dev.granary.activity.ActivityAnswers.LastPush;
import dev.granary.activity.ActivityAnswers.PersonalEvent;
import dev.granary.activity.ActivityAnswers.RepositoryEvent;
import dev.granary.activity.ActivityService.Filter;
import dev.granary.kernel.Caller;
import dev.granary.kernel.Page;
import dev.granary.kernel.Slice;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What was pushed. */
@RestController
class ActivityController {
    private final ActivityService activity;

    ActivityController(ActivityService activity) {
        this.activity = activity;
    }

    @GetMapping("/v4/repositories/{repository_id}/events")
    Page<RepositoryEvent> listRepositoryEvents(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @RequestParam(name = "author_id", required = false) @Nullable Long authorId,
            @RequestParam(required = false) @Nullable String filter,
            @RequestParam(required = false) @Nullable String before,
            @RequestParam(required = false) @Nullable String after,
            Slice slice) {
        return activity.list(caller, repositoryId, new Filter(authorId, filter, before, after), slice);
    }

    @GetMapping("/v4/user/recent-push-events")
    List<PersonalEvent> listPersonalRecentPushEvents(
            Caller caller,
            @RequestParam(name = "project_id", required = false) @Nullable String projectId,
            @RequestParam(required = false) @Nullable Integer size) {
        return activity.recent(caller, projectId, size);
    }

    @GetMapping("/v4/repositories/{repository_id}/last-push-event")
    LastPush showLastPushEventInRepository(Caller caller, @PathVariable("repository_id") long repositoryId) {
        return activity.last(caller, repositoryId);
    }
}
