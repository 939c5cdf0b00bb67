package dev.granary.chaos;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What must be there. The server's state is a map of names to values: {@code user alice} to an id, {@code ref p/r
 * refs/heads/a} to a commit. An empty value stands for absence. Each name is changed by one client alone, so after an
 * answer its value is certain; while a request is unanswered it is either the old or the new one.
 */
final class Ledger {
    /** The new value when the server chooses it. */
    static final String ANY = "?";

    private final Journal journal;
    private final Map<String, String> certain = new TreeMap<>();
    private final List<Operation> open = new ArrayList<>();
    private final Map<String, Integer> acknowledged = new TreeMap<>();
    private final Map<String, Integer> refused = new TreeMap<>();
    private final List<String> contradictions = new ArrayList<>();
    private long operations;
    private int happened;
    private int lost;

    Ledger(Journal journal) {
        this.journal = journal;
    }

    /**
     * A request under way.
     *
     * @param together whether all its changes happen, or none
     * @param changes names and their new values
     */
    record Operation(long number, String kind, boolean together, Map<String, String> changes) {}

    synchronized Operation begin(String kind, boolean together, Map<String, String> changes) {
        var operation = new Operation(++operations, kind, together, new LinkedHashMap<>(changes));
        open.add(operation);
        journal.write("begin", "operation", operation.number, "kind", kind, "together", together, "changes", changes);
        return operation;
    }

    /** The answer said that it happened. */
    synchronized void acknowledge(Operation operation, Map<String, String> chosen) {
        var changes = new LinkedHashMap<>(operation.changes);
        changes.putAll(chosen);
        changes.forEach(this::set);
        open.remove(operation);
        acknowledged.merge(operation.kind, 1, Integer::sum);
        journal.write("acknowledged", "operation", operation.number, "kind", operation.kind, "values", chosen);
    }

    void acknowledge(Operation operation) {
        acknowledge(operation, Map.of());
    }

    /** The answer said that it did not happen. */
    synchronized void refuse(Operation operation, String why) {
        open.remove(operation);
        refused.merge(operation.kind, 1, Integer::sum);
        journal.write("refused", "operation", operation.number, "kind", operation.kind, "why", why);
    }

    /** No answer came: it may have happened. */
    synchronized void unanswered(Operation operation, String why) {
        journal.write("unanswered", "operation", operation.number, "kind", operation.kind, "why", why);
    }

    private void set(String name, String value) {
        if (value.isEmpty()) {
            certain.remove(name);
        } else {
            certain.put(name, value);
        }
    }

    /** The value of a name; empty when it is absent. */
    synchronized String value(String name) {
        return certain.getOrDefault(name, "");
    }

    /** The names that begin with a prefix, and their values. */
    synchronized Map<String, String> under(String prefix) {
        var found = new TreeMap<String, String>();
        certain.forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                found.put(name, value);
            }
        });
        return found;
    }

    /** Names in requests that are under way or ended without an answer since the last comparison. */
    synchronized List<String> touched() {
        return open.stream()
                .flatMap(operation -> operation.changes.keySet().stream())
                .distinct()
                .toList();
    }

    /** Compares what is there with what must be; from then on, what is there is certain. */
    synchronized void compare(Map<String, String> observed) {
        var possible = new HashMap<String, List<String>>();
        for (var operation : open) {
            operation.changes.forEach((name, value) ->
                    possible.computeIfAbsent(name, _ -> new ArrayList<>()).add(value));
        }
        var names = new TreeSet<>(certain.keySet());
        names.addAll(observed.keySet());
        names.addAll(possible.keySet());
        for (var name : names) {
            var is = observed.getOrDefault(name, "");
            var was = certain.getOrDefault(name, "");
            var fits = matches(was, is)
                    || possible.getOrDefault(name, List.of()).stream().anyMatch(value -> matches(value, is));
            if (!fits) {
                contradict("%s is '%s'; acknowledged was '%s', under way %s"
                        .formatted(name, is, was, possible.getOrDefault(name, List.of())));
            }
        }
        for (var operation : open) {
            decide(operation, observed);
        }
        open.clear();
        certain.clear();
        certain.putAll(observed);
        journal.write("compared", "names", certain.size());
    }

    private void decide(Operation operation, Map<String, String> observed) {
        var done = new ArrayList<String>();
        var undone = new ArrayList<String>();
        operation.changes.forEach((name, value) -> {
            var was = certain.getOrDefault(name, "");
            var is = observed.getOrDefault(name, "");
            if (!value.equals(was)) {
                (matches(was, is) ? undone : done).add(name);
            }
        });
        if (operation.together && !done.isEmpty() && !undone.isEmpty()) {
            contradict("Half of %s %d happened: %s did, %s did not"
                    .formatted(operation.kind, operation.number, done, undone));
        }
        if (done.isEmpty()) {
            lost++;
        } else {
            happened++;
        }
        journal.write("decided", "operation", operation.number, "happened", !done.isEmpty());
    }

    private static boolean matches(String wanted, String is) {
        return wanted.equals(ANY) ? !is.isEmpty() : wanted.equals(is);
    }

    /** Notes what must not be. */
    synchronized void contradict(String what) {
        contradictions.add(what);
        journal.write("contradiction", "what", what);
    }

    synchronized List<String> contradictions() {
        return List.copyOf(contradictions);
    }

    synchronized Map<String, Integer> acknowledged() {
        return new TreeMap<>(acknowledged);
    }

    synchronized Map<String, Integer> refused() {
        return new TreeMap<>(refused);
    }

    /** Requests that ended without an answer: how many turned out to have happened, and how many not. */
    synchronized String unansweredOutcome() {
        return happened + " had happened, " + lost + " had not";
    }
}
