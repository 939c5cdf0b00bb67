package dev.granary.refs;

import dev.granary.kernel.Caller;
import dev.granary.kernel.Page;
import dev.granary.kernel.Scope;
import dev.granary.kernel.Slice;
import dev.granary.refs.AccessRuleAnswers.Shown;
import dev.granary.refs.ProtectedBranchController.Named;
import dev.granary.refs.ProtectedBranchController.Outcome;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Protected tags of a repository. */
@RestController
@RequestMapping("/v4/repositories/{repository_id}")
class ProtectedTagController {
    private static final RuleKind KIND = RuleKind.TAG;
    private static final Set<RuleAction> ACTIONS = Set.of(RuleAction.CREATE);

    private final AccessRuleService rules;
    private final AccessRuleAnswers answers;

    ProtectedTagController(AccessRuleService rules, AccessRuleAnswers answers) {
        this.rules = rules;
        this.answers = answers;
    }

    @GetMapping("/protected-tags")
    Page<Shown> listProtectedTags(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @RequestParam(required = false) @Nullable String search,
            Slice slice) {
        var page = rules.list(caller, new Scope.Repository(repositoryId), KIND, search, slice);
        return new Page<>(answers.shown(page.items()), page.total());
    }

    @PostMapping("/protected-tags")
    @ResponseStatus(HttpStatus.CREATED)
    List<Shown> batchCreateProtectedTags(
            Caller caller, @PathVariable("repository_id") long repositoryId, @RequestBody Named body) {
        return answers.shown(
                rules.create(caller, new Scope.Repository(repositoryId), KIND, body.names(), body.actions(), ACTIONS));
    }

    @PutMapping("/protected-tags")
    List<Shown> batchUpdateProtectedTags(
            Caller caller, @PathVariable("repository_id") long repositoryId, @RequestBody Named body) {
        return answers.shown(
                rules.update(caller, new Scope.Repository(repositoryId), KIND, body.names(), body.actions(), ACTIONS));
    }

    @PostMapping("/protected-tags/bulk-deletion")
    Outcome batchDeleteProtectedTags(
            Caller caller, @PathVariable("repository_id") long repositoryId, @RequestBody Named body) {
        rules.delete(caller, new Scope.Repository(repositoryId), KIND, body.names());
        return Outcome.SUCCESS;
    }

    @GetMapping("/protected-tag")
    Shown showProtectedTag(
            Caller caller, @PathVariable("repository_id") long repositoryId, @RequestParam("tag_name") String tagName) {
        return answers.shown(rules.show(caller, new Scope.Repository(repositoryId), KIND, tagName));
    }

    @PutMapping("/protected-tag")
    Shown updateProtectedTag(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @RequestParam("tag_name") String tagName,
            @RequestBody List<@Nullable ActionBody> body) {
        var scope = new Scope.Repository(repositoryId);
        return answers.shown(rules.update(caller, scope, KIND, List.of(tagName), body, ACTIONS))
                .getFirst();
    }

    @DeleteMapping("/protected-tag")
    Outcome deleteProtectedTag(
            Caller caller, @PathVariable("repository_id") long repositoryId, @RequestParam("tag_name") String tagName) {
        rules.delete(caller, new Scope.Repository(repositoryId), KIND, List.of(tagName));
        return Outcome.SUCCESS;
    }
}
