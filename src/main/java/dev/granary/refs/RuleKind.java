package dev.granary.refs;

import dev.granary.kernel.Problem;
import dev.granary.projects.SettingKind;
import java.util.Locale;

/** What an {@link AccessRule} speaks of. */
public enum RuleKind {
    BRANCH(SettingKind.PROTECTED_BRANCHES),
    TAG(SettingKind.PROTECTED_TAGS),
    /** Files, by their path in the repository. */
    PATH(SettingKind.PUSH_RULES);

    private final SettingKind setting;

    RuleKind(SettingKind setting) {
        this.setting = setting;
    }

    /** The kind of {@code branches} or {@code tags} in a path. */
    static RuleKind ofRefs(String refs) {
        return switch (refs) {
            case "branches" -> BRANCH;
            case "tags" -> TAG;
            default -> throw Problem.invalid("kind", "one-of", "branches, tags");
        };
    }

    /** With what the rules of the kind are inherited. */
    SettingKind setting() {
        return setting;
    }

    /** The kind's name in the database. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
