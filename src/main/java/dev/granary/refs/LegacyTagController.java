package dev.granary.refs;

import dev.granary.kernel.Caller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tags in v2. */
@RestController
@RequestMapping("/v2/repositories/{repository_id}/tags")
class LegacyTagController {
    private final TagService tags;

    LegacyTagController(TagService tags) {
        this.tags = tags;
    }

    @GetMapping
    TagView.Names showBranchesByTwoRepositoryId(Caller caller, @PathVariable("repository_id") String repositoryId) {
        return tags.names(caller, repositoryId);
    }

    @PostMapping
    TagView.Legacy addTagV2(
            Caller caller, @PathVariable("repository_id") long repositoryId, @RequestBody RefRequests.NewTag body) {
        return TagView.Legacy.of(tags.create(caller, repositoryId, body));
    }
}
