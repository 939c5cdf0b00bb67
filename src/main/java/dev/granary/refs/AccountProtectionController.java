package dev.granary.refs;

import dev.granary.kernel.Caller;
import dev.granary.kernel.Page;
import dev.granary.kernel.Scope;
import dev.granary.kernel.Slice;
import dev.granary.refs.AccessRuleAnswers.Detailed;
import dev.granary.refs.ScopeProtectionController.Body;
import java.util.Collections;
import java.util.List;
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

/** Protected branches and tags of the account, which projects without their own take over: an extension. */
@RestController
@RequestMapping("/v4/tenant/protected-refs/{kind}")
class AccountProtectionController {
    private static final Scope ACCOUNT = new Scope.Account();

    private final AccessRuleService rules;
    private final AccessRuleAnswers answers;

    AccountProtectionController(AccessRuleService rules, AccessRuleAnswers answers) {
        this.rules = rules;
        this.answers = answers;
    }

    @GetMapping
    Page<Detailed> listTenantProtectedRefs(
            Caller caller,
            @PathVariable String kind,
            @RequestParam(required = false) @Nullable String search,
            Slice slice) {
        var page = rules.list(caller, ACCOUNT, RuleKind.ofRefs(kind), search, slice);
        return new Page<>(answers.detailed(page.items(), false), page.total());
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Detailed createTenantProtectedRef(Caller caller, @PathVariable String kind, @RequestBody Body body) {
        var refs = RuleKind.ofRefs(kind);
        var names = Collections.singletonList(body.name());
        var made = rules.create(caller, ACCOUNT, refs, names, body.actions(), ScopeProtectionController.possible(refs));
        return answers.detailed(made, false).getFirst();
    }

    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void deleteTenantProtectedRef(Caller caller, @PathVariable String kind, @RequestParam String name) {
        rules.delete(caller, ACCOUNT, RuleKind.ofRefs(kind), List.of(name));
    }
}
