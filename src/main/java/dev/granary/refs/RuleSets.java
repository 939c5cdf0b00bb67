package dev.granary.refs;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.granary.kernel.Scope;
import dev.granary.projects.GeneralPolicyService;
import dev.granary.projects.Inheritance;
import dev.granary.projects.SettingKind;
import dev.granary.repositories.HostedRepository;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
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
    private final Cache<Source, PatternIndex> indexes = Caffeine.newBuilder()
            .maximumWeight(MOST_RULES)
            .weigher((Source _, PatternIndex rules) -> 1 + rules.size())
            .build();
    private final Cache<Source, CommitRuleSet> commitSets = Caffeine.newBuilder()
            .maximumWeight(MOST_RULES)
            .weigher((Source _, CommitRuleSet rules) -> 1 + rules.weight())
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

    /** Whose rules of a kind they are, for all repositories below that take them from there. */
    private record Source(Scope scope, SettingKind kind, long rulesVersion) {}

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
        var version = repository.rulesVersion();
        return new RuleSet(
                index(source(sources, SettingKind.PROTECTED_BRANCHES, version), RuleKind.BRANCH),
                index(source(sources, SettingKind.PROTECTED_TAGS, version), RuleKind.TAG),
                commits(source(sources, SettingKind.PUSH_RULES, version)),
                creation(repository));
    }

    private CreationPolicy creation(HostedRepository repository) {
        return new CreationPolicy(policies.of(new Scope.Repository(repository.id())));
    }

    private static Source source(Map<SettingKind, Scope> sources, SettingKind kind, long rulesVersion) {
        return new Source(Objects.requireNonNull(sources.get(kind)), kind, rulesVersion);
    }

    private PatternIndex index(Source source, RuleKind kind) {
        return shared(indexes, source, () -> new PatternIndex(store.all(source.scope(), kind)));
    }

    private CommitRuleSet commits(Source source) {
        var scope = source.scope();
        return shared(
                commitSets,
                source,
                () -> new CommitRuleSet(
                        commitRules.general(scope), commitRules.all(scope), store.all(scope, RuleKind.PATH)));
    }

    /**
     * What a repository has for itself is remembered with it and nowhere else; so is what comes from the account, as the
     * number is a project's, and that of a new project begins anew.
     */
    private static <T> T shared(Cache<Source, T> cache, Source source, Supplier<T> load) {
        if (source.scope() instanceof Scope.Repository || source.scope() instanceof Scope.Account) {
            return load.get();
        }
        var rules = cache.getIfPresent(source);
        if (rules == null) {
            rules = load.get();
            cache.put(source, rules);
        }
        return rules;
    }
}
