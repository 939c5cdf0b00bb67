package dev.granary.repositories;

import java.util.function.Predicate;

/** The refs of a repository that are not there for one caller. */
public final class HiddenRefs {
    /** Hides nothing. */
    public static final HiddenRefs NONE = new HiddenRefs("", _ -> false);

    private final String key;
    private final Predicate<String> hidden;

    /**
     * @param key the same for two callers only if the same is hidden from both; empty where nothing is
     * @param hidden whether the ref of a full name is hidden
     */
    public HiddenRefs(String key, Predicate<String> hidden) {
        this.key = key;
        this.hidden = hidden;
    }

    /** Whether there can be any. */
    public boolean any() {
        return !key.isEmpty();
    }

    /** Whether the ref of a full name is hidden. */
    public boolean contains(String ref) {
        return hidden.test(ref);
    }

    /** What answers about refs depend on besides the refs, if they are kept for others. */
    public String key() {
        return key;
    }
}
