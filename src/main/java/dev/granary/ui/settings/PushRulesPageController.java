package dev.granary.ui.settings;

import dev.granary.kernel.Caller;
import dev.granary.kernel.Scope;
import dev.granary.kernel.Slice;
import dev.granary.refs.CommitRuleService;
import dev.granary.refs.GeneralCommitRule;
import dev.granary.ui.Forms;
import dev.granary.ui.Forms.Form;
import dev.granary.ui.RepositoryPage;
import dev.granary.ui.Templates;
import dev.granary.ui.Viewer;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/** Rules for pushes and commits. */
@Controller
@RequestMapping("/-/repositories/{repository}/settings/push")
class PushRulesPageController {
    private static final String TEMPLATE = "settings/push";

    private final CommitRuleService rules;
    private final Templates templates;
    private final Forms forms;

    PushRulesPageController(CommitRuleService rules, Templates templates, Forms forms) {
        this.rules = rules;
        this.templates = templates;
        this.forms = forms;
    }

    @GetMapping
    View rules(Viewer viewer, RepositoryPage repository) {
        return templates.view(TEMPLATE, viewer, page(viewer, repository, null));
    }

    private PushRulesPage page(Viewer viewer, RepositoryPage repository, @Nullable String failure) {
        SettingAreas.require(repository, "push");
        var scope = new Scope.Repository(repository.repository().id());
        return new PushRulesPage(
                repository,
                rules.general(viewer.caller(), scope),
                rules.list(viewer.caller(), scope, new Slice(0, Slice.MAXIMUM)).items(),
                !rules.source(viewer.caller(), scope).equals(scope),
                failure);
    }

    @PostMapping
    View changeGeneral(
            Viewer viewer,
            RepositoryPage repository,
            HttpServletResponse response,
            @RequestParam(defaultValue = "false") boolean unsigned,
            @RequestParam(defaultValue = "false") boolean signature,
            @RequestParam(defaultValue = "false") boolean tags,
            @RequestParam(defaultValue = "false") boolean secrets,
            @RequestParam(defaultValue = "false") boolean force) {
        var wanted = new GeneralCommitRule(unsigned, signature, tags, secrets, force);
        return take(viewer, repository, response, (caller, scope) -> rules.changeGeneral(caller, scope, _ -> wanted));
    }

    @PostMapping("/rules")
    View create(Viewer viewer, RepositoryPage repository, HttpServletResponse response, CommitRuleForm form) {
        return take(viewer, repository, response, (caller, scope) -> rules.create(caller, scope, form.body()));
    }

    @PostMapping("/rules/{rule}")
    View change(
            Viewer viewer,
            RepositoryPage repository,
            HttpServletResponse response,
            @PathVariable("rule") long rule,
            CommitRuleForm form) {
        return take(viewer, repository, response, (caller, scope) -> rules.update(caller, scope, rule, form.body()));
    }

    @PostMapping("/rules/{rule}/remove")
    View remove(
            Viewer viewer, RepositoryPage repository, HttpServletResponse response, @PathVariable("rule") long rule) {
        return take(viewer, repository, response, (caller, scope) -> rules.delete(caller, scope, rule));
    }

    private interface Change {
        void of(Caller caller, Scope scope);
    }

    private View take(Viewer viewer, RepositoryPage repository, HttpServletResponse response, Change change) {
        var form = new Form(
                "settings.saved", repository.page(TEMPLATE), TEMPLATE, failure -> page(viewer, repository, failure));
        return forms.take(
                viewer,
                response,
                form,
                () -> change.of(
                        viewer.caller(),
                        new Scope.Repository(repository.repository().id())));
    }
}
