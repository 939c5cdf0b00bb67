package dev.granary.projects;

import dev.granary.kernel.Problem;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The kinds of settings that a repository has for itself or takes from above, each as a whole. */
public enum SettingKind {
    PROTECTED_BRANCHES,
    PROTECTED_TAGS,
    /** The general policy: forks, names of branches and tags. */
    REPOSITORY_SETTINGS,
    /** Commit rules and file permissions. */
    PUSH_RULES,
    MERGE_REQUESTS,
    MR_BRANCH_POLICIES,
    REVIEWS,
    E2E_SETTINGS,
    WATERMARK,
    WEBHOOK_SETTINGS,
    DEPLOY_KEYS;

    /** The kind's name on the wire and in the database, for example {@code push_rules}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The kind of a {@link #key()}.
     *
     * @param field what it is called on the wire
     */
    public static SettingKind ofKey(String field, @Nullable String key) {
        return Arrays.stream(values())
                .filter(kind -> kind.key().equals(key))
                .findFirst()
                .orElseThrow(() -> Problem.invalid(
                        field,
                        "one-of",
                        Arrays.stream(values()).map(SettingKind::key).collect(Collectors.joining(", "))));
    }
}
