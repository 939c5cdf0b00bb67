package dev.granary.chaos;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The tokens that answers showed once; they stay out of the journal. */
final class Secrets {
    private static final Map<String, String> KEPT = new ConcurrentHashMap<>();

    private Secrets() {}

    static void keep(String name, String secret) {
        KEPT.put(name, secret);
    }

    /** Null when no answer showed it. */
    static String of(String name) {
        return KEPT.get(name);
    }
}
