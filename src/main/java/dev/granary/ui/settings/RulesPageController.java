package dev.granary.ui.settings;

import dev.granary.kernel.Caller;
import dev.granary.kernel.Scope;
import dev.granary.kernel.Slice;
import dev.granary.refs.AccessRule;
import dev.granary.refs.AccessRuleService;
import dev.granary.refs.ActionBody;
import dev.granary.refs.RuleAction;
import dev.granary.refs.RuleKind;
import dev.granary.ui.Forms;
import dev.granary.ui.Forms.Form;
import dev.granary.ui.RepositoryPage;
import dev.granary.ui.Templates;
import dev.granary.ui.Viewer;
import jakarta.servlet.http.HttpServletResponse;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/** Protected branches and tags. */
@Controller
@RequestMapping("/-/repositories/{repository}/settings/{kind:branches|tags}")
class RulesPageController {
    private static final int ROWS = 50;
    private static final String TEMPLATE = "settings/rules";

    private final AccessRuleService rules;
    private final Templates templates;
    private final Forms forms;

    RulesPageController(AccessRuleService rules, Templates templates, Forms forms) {
        this.rules = rules;
        this.templates = templates;
        this.forms = forms;
    }

    private static RuleKind kind(String text) {
        return text.equals("tags") ? RuleKind.TAG : RuleKind.BRANCH;
    }

    private static Scope scope(RepositoryPage repository) {
        return new Scope.Repository(repository.repository().id());
    }

    @GetMapping
    View rules(
            Viewer viewer,
            RepositoryPage repository,
            @PathVariable("kind") String kind,
            @RequestParam(defaultValue = "1") int page) {
        return templates.view(TEMPLATE, viewer, page(viewer, repository, kind(kind), page, null));
    }

    private RulesPage page(
            Viewer viewer, RepositoryPage repository, RuleKind kind, int page, @Nullable String failure) {
        SettingAreas.require(repository, kind == RuleKind.TAG ? "tags" : "branches");
        var number = Math.clamp(page, 1, 1_000_000);
        var slice = new Slice((long) (number - 1) * ROWS, ROWS);
        return new RulesPage(
                repository,
                kind,
                rules.overview(viewer.caller(), scope(repository), kind, slice),
                number,
                ROWS,
                failure);
    }

    @PostMapping
    View protect(
            Viewer viewer,
            RepositoryPage repository,
            HttpServletResponse response,
            @PathVariable("kind") String kind,
            RuleForm form) {
        return take(viewer, repository, response, kind(kind), 1, (caller, scope) -> {
            var bodies = bodies(kind(kind), form, _ -> List.of());
            rules.create(caller, scope, kind(kind), List.copyOf(form.names()), bodies, possible(bodies));
        });
    }

    @PostMapping("/change")
    View change(
            Viewer viewer,
            RepositoryPage repository,
            HttpServletResponse response,
            @PathVariable("kind") String kind,
            @RequestParam(defaultValue = "1") int page,
            RuleForm form) {
        return take(viewer, repository, response, kind(kind), page, (caller, scope) -> {
            var known = rules.show(caller, scope, kind(kind), Objects.requireNonNullElse(form.name(), ""));
            var bodies = bodies(kind(kind), form, action -> groups(known, action));
            rules.update(caller, scope, kind(kind), List.copyOf(form.names()), bodies, possible(bodies));
        });
    }

    private static List<Long> groups(AccessRule rule, RuleAction action) {
        return rule.restriction(action)
                .map(found -> List.copyOf(found.userGroups()))
                .orElse(List.of());
    }

    private static List<@Nullable ActionBody> bodies(RuleKind kind, RuleForm form, RuleForm.AccessGroups keep) {
        return List.copyOf(kind == RuleKind.TAG ? form.ofTag(keep) : form.ofBranch(keep));
    }

    private static Set<RuleAction> possible(List<@Nullable ActionBody> bodies) {
        return bodies.size() > 1 ? EnumSet.of(RuleAction.PUSH, RuleAction.MERGE) : EnumSet.of(RuleAction.CREATE);
    }

    @PostMapping("/remove")
    View remove(
            Viewer viewer,
            RepositoryPage repository,
            HttpServletResponse response,
            @PathVariable("kind") String kind,
            RuleForm form) {
        return take(
                viewer,
                repository,
                response,
                kind(kind),
                1,
                (caller, scope) -> rules.delete(caller, scope, kind(kind), List.copyOf(form.names())));
    }

    private interface Change {
        void of(Caller caller, Scope scope);
    }

    private View take(
            Viewer viewer,
            RepositoryPage repository,
            HttpServletResponse response,
            RuleKind kind,
            int page,
            Change change) {
        var taken = new Form(
                "settings.saved",
                repository.page("settings/" + (kind == RuleKind.TAG ? "tags" : "branches")),
                TEMPLATE,
                failure -> page(viewer, repository, kind, page, failure));
        return forms.take(viewer, response, taken, () -> change.of(viewer.caller(), scope(repository)));
    }
}
