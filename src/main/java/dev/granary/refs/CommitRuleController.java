package dev.granary.refs;

import dev.granary.kernel.Caller;
import dev.granary.kernel.Page;
import dev.granary.kernel.Scope;
import dev.granary.kernel.Slice;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What a repository asks of commits. */
@RestController
@RequestMapping("/v4/repositories/{repository_id}")
class CommitRuleController {
    private final CommitRuleService rules;
    private final CommitRuleAnswers answers;

    CommitRuleController(CommitRuleService rules, CommitRuleAnswers answers) {
        this.rules = rules;
        this.answers = answers;
    }

    /** What a client wants of the general rule; what is absent stays as it is. */
    record GeneralBody(
            @Nullable Boolean rejectUnsignedCommits,
            @Nullable Boolean rejectNotSignedByGpg,
            @Nullable Boolean denyDeleteTag,
            @Nullable Boolean preventSecrets,
            @Nullable Boolean denyForcePush) {
        GeneralCommitRule over(GeneralCommitRule old) {
            return new GeneralCommitRule(
                    Objects.requireNonNullElse(rejectUnsignedCommits, old.rejectUnsignedCommits()),
                    Objects.requireNonNullElse(rejectNotSignedByGpg, old.rejectNotSignedByGpg()),
                    Objects.requireNonNullElse(denyDeleteTag, old.denyDeleteTag()),
                    Objects.requireNonNullElse(preventSecrets, old.preventSecrets()),
                    Objects.requireNonNullElse(denyForcePush, old.denyForcePush()));
        }
    }

    @GetMapping("/commit-rules")
    Page<CommitRuleView> listRepositoryCommitRules(
            Caller caller, @PathVariable("repository_id") long repositoryId, Slice slice) {
        var page = rules.list(caller, new Scope.Repository(repositoryId), slice);
        return new Page<>(answers.of(page.items(), repositoryId), page.total());
    }

    @PostMapping("/commit-rules")
    @ResponseStatus(HttpStatus.CREATED)
    CommitRuleView createRepositoryCommitRule(
            Caller caller, @PathVariable("repository_id") long repositoryId, @RequestBody CommitRuleBody body) {
        return answers.of(rules.create(caller, new Scope.Repository(repositoryId), body), repositoryId);
    }

    @PutMapping("/commit-rules/{commit_rule_id}")
    CommitRuleView updateRepositoryCommitRule(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @PathVariable("commit_rule_id") long commitRuleId,
            @RequestBody CommitRuleBody body) {
        return answers.of(rules.update(caller, new Scope.Repository(repositoryId), commitRuleId, body), repositoryId);
    }

    @DeleteMapping("/commit-rules/{commit_rule_id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void deleteRepositoryCommitRule(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @PathVariable("commit_rule_id") long commitRuleId) {
        rules.delete(caller, new Scope.Repository(repositoryId), commitRuleId);
    }

    @GetMapping("/general-commit-rule")
    GeneralCommitRule showRepositoryGeneralCommitRule(Caller caller, @PathVariable("repository_id") long repositoryId) {
        return rules.general(caller, new Scope.Repository(repositoryId));
    }

    @PutMapping("/general-commit-rule")
    GeneralCommitRule updateRepositoryGeneralCommitRule(
            Caller caller, @PathVariable("repository_id") long repositoryId, @RequestBody GeneralBody body) {
        return rules.changeGeneral(caller, new Scope.Repository(repositoryId), body::over);
    }
}
