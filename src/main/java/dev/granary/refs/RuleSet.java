package dev.granary.refs;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All rules that hold in a repository, in the form in which they are asked. */
final class RuleSet {
    private final PatternIndex branches;
    private final PatternIndex tags;
    private final CommitRuleSet commits;
    private final CreationPolicy creation;
    private final Map<AccessRule, AccessRule.Action> closing = new HashMap<>();

    RuleSet(PatternIndex branches, PatternIndex tags, CommitRuleSet commits, CreationPolicy creation) {
        this.branches = branches;
        this.tags = tags;
        this.commits = commits;
        this.creation = creation;
        tags.rules().forEach(rule -> rule.restriction(RuleAction.READ).ifPresent(action -> closing.put(rule, action)));
    }

    /** The rule that protects a branch, by its short name. */
    @Nullable
    AccessRule branch(String name) {
        return branches.find(name);
    }

    /** The rule that protects a tag, by its short name. */
    @Nullable
    AccessRule tag(String name) {
        return tags.find(name);
    }

    /** The rules that leave tags to some to read, and to whom. */
    Map<AccessRule, AccessRule.Action> closing() {
        return closing;
    }

    /** What commits are held to. */
    CommitRuleSet commits() {
        return commits;
    }

    /** What new branches and tags are held to. */
    CreationPolicy creation() {
        return creation;
    }

    /** Whether there are rules that look at more than names. */
    boolean looksInside() {
        return branches.size() > 0 || commits.looksInside();
    }

    /** How much memory it takes, in rules. */
    int weight() {
        return 1 + branches.size() + tags.size() + commits.weight();
    }
}
