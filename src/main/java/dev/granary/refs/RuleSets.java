package dev.granary.refs;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.granary.kernel.Scope;
import dev.granary.projects.GeneralPolicyService;
import dev.granary.projects.Inheritance;
import dev.granary.projects.SettingKind;
import dev.granary.repositories.HostedRepository;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * The rules of repositories, remembered for as long as nothing changed in their project: the number of changes comes with
 * every repository's row, so that nothing is asked of the database.
 */
@Component
class RuleSets {
    private static final int MOST_RULES = 200_000;

    private final Inheritance inheritance;
    private final AccessRuleStore store;
    private final CommitRuleStore commitRules;
    private final GeneralPolicyService policies;
    private final Cache<Key, RuleSet> known = Caffeine.newBuilder()
            .maximumWeight(MOST_RULES)
            .weigher((Key _, RuleSet rules) -> rules.weight())
            .build();

    RuleSets(
            Inheritance inheritance,
            AccessRuleStore store,
            CommitRuleStore commitRules,
            GeneralPolicyService policies) {
        this.inheritance = inheritance;
        this.store = store;
        this.commitRules = commitRules;
        this.policies = policies;
    }

    private record Key(long repositoryId, long rulesVersion) {}

    /** The rules that hold in a repository as its record was read. */
    RuleSet of(HostedRepository repository) {
        var key = new Key(repository.id(), repository.rulesVersion());
        var rules = known.getIfPresent(key);
        if (rules == null) {
            rules = load(repository);
            known.put(key, rules);
        }
        return rules;
    }

    private RuleSet load(HostedRepository repository) {
        var sources = inheritance.sources(new Scope.Repository(repository.id()));
        return new RuleSet(
                rules(sources, RuleKind.BRANCH), rules(sources, RuleKind.TAG), commits(sources), creation(repository));
    }

    private CreationPolicy creation(HostedRepository repository) {
        return new CreationPolicy(policies.of(new Scope.Repository(repository.id())));
    }

    private CommitRuleSet commits(Map<SettingKind, Scope> sources) {
        var source = sources.get(SettingKind.PUSH_RULES);
        return source == null
                ? CommitRuleSet.NONE
                : new CommitRuleSet(
                        commitRules.general(source), commitRules.all(source), rules(sources, RuleKind.PATH));
    }

    private List<AccessRule> rules(Map<SettingKind, Scope> sources, RuleKind kind) {
        var source = sources.get(kind.setting());
        return source == null ? List.of() : store.all(source, kind);
    }
}
