package dev.granary.refs;

import dev.granary.kernel.Caller;
import dev.granary.kernel.Page;
import dev.granary.kernel.Slice;
import dev.granary.refs.TagService.Asked;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/v4/repositories/{repository_id}/repository")
class TagController {
    private final TagService tags;

    TagController(TagService tags) {
        this.tags = tags;
    }

    @GetMapping("/tags")
    Page<TagView.Listed> listTags(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @RequestParam(required = false) @Nullable String creator,
            @RequestParam(required = false) @Nullable String sort,
            @RequestParam(required = false) @Nullable String search,
            @RequestParam(name = "order_by", required = false) @Nullable String orderBy,
            @RequestParam(required = false) @Nullable String view,
            Slice slice) {
        return tags.list(caller, repositoryId, new Asked(creator, sort, search, orderBy, view), slice);
    }

    @PostMapping("/tags")
    @ResponseStatus(HttpStatus.CREATED)
    TagView createTag(
            Caller caller, @PathVariable("repository_id") long repositoryId, @RequestBody RefRequests.NewTag body) {
        return tags.view(tags.create(caller, repositoryId, body));
    }

    @GetMapping("/tag")
    TagView showTag(
            Caller caller, @PathVariable("repository_id") long repositoryId, @RequestParam("tag_name") String name) {
        return tags.show(caller, repositoryId, name);
    }

    @DeleteMapping("/tag")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void deleteTag(
            Caller caller, @PathVariable("repository_id") long repositoryId, @RequestParam("tag_name") String name) {
        tags.delete(caller, repositoryId, name);
    }
}
