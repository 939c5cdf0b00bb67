package dev.granary.refs;

import com.google.re2j.Pattern;
import dev.granary.kernel.Patterns;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What commits and the files they change are held to in a repository, in the form in which it is asked. */
final class CommitRuleSet {
    private final GeneralCommitRule general;
    private final List<Compiled> rules;
    private final Map<String, AccessRule> paths = new HashMap<>();
    private final PatternIndex wildcards;

    CommitRuleSet(GeneralCommitRule general, List<CommitRule> rules, List<AccessRule> paths) {
        this.general = general;
        this.rules = rules.stream().map(Compiled::new).toList();
        var withStars = new ArrayList<AccessRule>();
        for (var rule : paths) {
            if (Glob.isWildcard(rule.pattern())) {
                withStars.add(rule);
            } else {
                this.paths.put(rule.pattern(), rule);
            }
        }
        this.wildcards = new PatternIndex(withStars);
    }

    /** A rule with its patterns compiled; null where it has none. */
    static final class Compiled {
        final CommitRule rule;
        final Glob branches;
        final @Nullable Pattern message;
        final @Nullable Pattern forbiddenMessage;
        final @Nullable Pattern author;
        final @Nullable Pattern email;
        final @Nullable Pattern prohibitedFile;
        final @Nullable Pattern allowedBinary;

        Compiled(CommitRule rule) {
            this.rule = rule;
            this.branches = new Glob(rule.branchName());
            this.message = compile(rule.commitMessageRegex());
            this.forbiddenMessage = compile(rule.commitMessageNegativeRegex());
            this.author = compile(rule.authorRegex());
            this.email = compile(rule.authorEmailRegex());
            this.prohibitedFile = compile(rule.prohibitedFileNameRegex());
            this.allowedBinary = compile(rule.allowedBinaryFileNameRegex());
        }

        private static @Nullable Pattern compile(String pattern) {
            return pattern.isEmpty() ? null : Patterns.compile(pattern);
        }
    }

    GeneralCommitRule general() {
        return general;
    }

    /** The commit rules in force on a branch at a time. */
    List<Compiled> on(String branch, long now) {
        return rules.stream()
                .filter(rule -> rule.branches.matches(branch) && !rule.rule.isSkipped(now))
                .toList();
    }

    boolean hasPaths() {
        return !paths.isEmpty() || wildcards.size() > 0;
    }

    /** The rule about a file: of itself, of the nearest folder around it, or of the most specific wildcard. */
    @Nullable
    AccessRule path(String path) {
        for (var at = path; ; at = at.substring(0, at.lastIndexOf('/'))) {
            var rule = paths.get(at);
            if (rule != null) {
                return rule;
            }
            if (at.indexOf('/') < 0) {
                return wildcards.find(path);
            }
        }
    }

    /** Whether anything looks at commits. */
    boolean looksAtCommits() {
        return general.looksAtCommits() || !rules.isEmpty() || hasPaths();
    }

    /** Whether anything looks at what changes bring, so that it must be in place before. */
    boolean looksInside() {
        return looksAtCommits() || general.denyForcePush();
    }

    int weight() {
        return 10 * rules.size() + paths.size() + wildcards.size();
    }
}
