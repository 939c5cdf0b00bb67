package dev.granary.refs;

import dev.granary.kernel.Caller;
import dev.granary.kernel.Page;
import dev.granary.kernel.Scope;
import dev.granary.kernel.Slice;
import dev.granary.refs.AccessRuleAnswers.Shown;
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

/** Protected branches of a repository. */
@RestController
@RequestMapping("/v4/repositories/{repository_id}")
class ProtectedBranchController {
    private static final RuleKind KIND = RuleKind.BRANCH;
    private static final Set<RuleAction> ACTIONS = Set.of(RuleAction.PUSH, RuleAction.MERGE);

    private final AccessRuleService rules;
    private final AccessRuleAnswers answers;

    ProtectedBranchController(AccessRuleService rules, AccessRuleAnswers answers) {
        this.rules = rules;
        this.answers = answers;
    }

    /** Names or wildcards, and what is to hold for each. */
    record Named(
            @Nullable List<@Nullable String> names,
            @Nullable List<@Nullable ActionBody> actions) {}

    /** What came of a deletion. */
    record Outcome(String status) {
        static final Outcome SUCCESS = new Outcome("success");
    }

    @GetMapping("/protected-branches")
    Page<Shown> listProtectedBranches(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @RequestParam(required = false) @Nullable String search,
            Slice slice) {
        var page = rules.list(caller, new Scope.Repository(repositoryId), KIND, search, slice);
        return new Page<>(answers.shown(page.items()), page.total());
    }

    @PostMapping("/protected-branches")
    @ResponseStatus(HttpStatus.CREATED)
    List<Shown> batchCreateProtectedBranch(
            Caller caller, @PathVariable("repository_id") long repositoryId, @RequestBody Named body) {
        return answers.shown(
                rules.create(caller, new Scope.Repository(repositoryId), KIND, body.names(), body.actions(), ACTIONS));
    }

    @PutMapping("/protected-branches")
    List<Shown> batchUpdateProtectedBranches(
            Caller caller, @PathVariable("repository_id") long repositoryId, @RequestBody Named body) {
        return answers.shown(
                rules.update(caller, new Scope.Repository(repositoryId), KIND, body.names(), body.actions(), ACTIONS));
    }

    @PostMapping("/protected-branches/bulk-deletion")
    Outcome batchDeleteProtectedBranches(
            Caller caller, @PathVariable("repository_id") long repositoryId, @RequestBody Named body) {
        rules.delete(caller, new Scope.Repository(repositoryId), KIND, body.names());
        return Outcome.SUCCESS;
    }

    @GetMapping("/protected-branch")
    Shown showProtectedBranch(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @RequestParam("branch_name") String branchName) {
        return answers.shown(rules.show(caller, new Scope.Repository(repositoryId), KIND, branchName));
    }

    @PutMapping("/protected-branch")
    Shown updateProtectedBranch(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @RequestParam("branch_name") String branchName,
            @RequestBody List<@Nullable ActionBody> body) {
        var scope = new Scope.Repository(repositoryId);
        return answers.shown(rules.update(caller, scope, KIND, List.of(branchName), body, ACTIONS))
                .getFirst();
    }

    @DeleteMapping("/protected-branch")
    Outcome deleteProtectedBranch(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @RequestParam("branch_name") String branchName) {
        rules.delete(caller, new Scope.Repository(repositoryId), KIND, List.of(branchName));
        return Outcome.SUCCESS;
    }
}
