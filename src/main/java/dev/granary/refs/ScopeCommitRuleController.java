package dev.granary.refs;

import dev.granary.kernel.Caller;
import dev.granary.kernel.Page;
import dev.granary.kernel.Scope;
import dev.granary.kernel.Slice;
import dev.granary.refs.AccessRuleAnswers.OfFile;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * What projects, groups and the account ask of the commits and files in all repositories without push rules of their own:
 * an extension, in the shapes that repositories have.
 */
@RestController
@RequestMapping({"/v4/tenant", "/v4/projects/{project_id}", "/v4/groups/{group_id}"})
class ScopeCommitRuleController {
    private final AccessRuleService access;
    private final CommitRuleService rules;
    private final CommitRuleAnswers ruleAnswers;
    private final FilePermissionService files;
    private final AccessRuleAnswers fileAnswers;

    ScopeCommitRuleController(
            AccessRuleService access,
            CommitRuleService rules,
            CommitRuleAnswers ruleAnswers,
            FilePermissionService files,
            AccessRuleAnswers fileAnswers) {
        this.access = access;
        this.rules = rules;
        this.ruleAnswers = ruleAnswers;
        this.files = files;
        this.fileAnswers = fileAnswers;
    }

    /** What the path names. The operations ask for what they need themselves. */
    @ModelAttribute
    Scope scope(
            Caller caller,
            @PathVariable(name = "project_id", required = false) @Nullable String projectId,
            @PathVariable(name = "group_id", required = false) @Nullable Long groupId) {
        if (projectId != null) {
            return access.project(caller, projectId, false);
        }
        return groupId != null ? new Scope.Group(groupId) : new Scope.Account();
    }

    @GetMapping("/commit-rules")
    Page<CommitRuleView> listScopeCommitRules(
            Caller caller, @ModelAttribute(binding = false) Scope scope, Slice slice) {
        var page = rules.list(caller, scope, slice);
        return new Page<>(ruleAnswers.of(page.items(), null), page.total());
    }

    @PostMapping("/commit-rules")
    @ResponseStatus(HttpStatus.CREATED)
    CommitRuleView createScopeCommitRule(
            Caller caller, @ModelAttribute(binding = false) Scope scope, @RequestBody CommitRuleBody body) {
        return ruleAnswers.of(rules.create(caller, scope, body), null);
    }

    @PutMapping("/commit-rules/{commit_rule_id}")
    CommitRuleView updateScopeCommitRule(
            Caller caller,
            @ModelAttribute(binding = false) Scope scope,
            @PathVariable("commit_rule_id") long commitRuleId,
            @RequestBody CommitRuleBody body) {
        return ruleAnswers.of(rules.update(caller, scope, commitRuleId, body), null);
    }

    @DeleteMapping("/commit-rules/{commit_rule_id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void deleteScopeCommitRule(
            Caller caller,
            @ModelAttribute(binding = false) Scope scope,
            @PathVariable("commit_rule_id") long commitRuleId) {
        rules.delete(caller, scope, commitRuleId);
    }

    @GetMapping("/general-commit-rule")
    GeneralCommitRule showScopeGeneralCommitRule(Caller caller, @ModelAttribute(binding = false) Scope scope) {
        return rules.general(caller, scope);
    }

    @PutMapping("/general-commit-rule")
    GeneralCommitRule updateScopeGeneralCommitRule(
            Caller caller,
            @ModelAttribute(binding = false) Scope scope,
            @RequestBody CommitRuleController.GeneralBody body) {
        return rules.changeGeneral(caller, scope, body::over);
    }

    @GetMapping("/file-push-permissions")
    Page<OfFile> listScopeFilePushPermissions(
            Caller caller,
            @ModelAttribute(binding = false) Scope scope,
            @RequestParam(required = false) @Nullable String search,
            Slice slice) {
        var page = files.list(caller, scope, search, slice);
        return new Page<>(fileAnswers.ofFiles(page.items()), page.total());
    }

    @PostMapping("/file-push-permissions")
    @ResponseStatus(HttpStatus.CREATED)
    OfFile createScopeFilePushPermission(
            Caller caller, @ModelAttribute(binding = false) Scope scope, @RequestBody FilePermissionService.Body body) {
        return fileAnswers.ofFiles(List.of(files.create(caller, scope, body))).getFirst();
    }

    @PutMapping("/file-push-permissions")
    List<OfFile> updateScopeFilePushPermissions(
            Caller caller,
            @ModelAttribute(binding = false) Scope scope,
            @RequestBody FilePermissionController.Changes body) {
        return fileAnswers.ofFiles(files.update(caller, scope, body.permissions()));
    }

    @PostMapping("/file-push-permissions/batch-delete")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void deleteScopeFilePushPermissions(
            Caller caller,
            @ModelAttribute(binding = false) Scope scope,
            @RequestBody FilePermissionController.Ids body) {
        files.delete(caller, scope, body.ids());
    }
}
