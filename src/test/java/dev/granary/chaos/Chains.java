package dev.granary.chaos;

import dev.granary.testing.Git;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Branches that several clients append commits to at once. Which commit comes first is the server's choice; each has a
 * subject of its own, and every acknowledged one must stay in the branch's history, once.
 */
final class Chains {
    static final String BRANCH = "refs/heads/shared";

    private final Ledger ledger;
    private final Map<String, Set<String>> acknowledged = new HashMap<>();
    private final Map<String, Set<String>> begun = new HashMap<>();

    Chains(Ledger ledger) {
        this.ledger = ledger;
    }

    synchronized void begin(String repository, String subject) {
        begun.computeIfAbsent(repository, _ -> new HashSet<>()).add(subject);
    }

    synchronized void acknowledge(String repository, String subject) {
        acknowledged.computeIfAbsent(repository, _ -> new HashSet<>()).add(subject);
    }

    /** Looks through the histories, in the folders themselves. */
    synchronized void compare(World world) {
        for (var repository : begun.keySet()) {
            var bare = world.bare(world.ledger().value("repository " + repository));
            var log = Git.in(bare).run("log", "--format=%s", BRANCH, "--");
            var found = new HashSet<String>();
            if (log.exit() == 0) {
                for (var subject : log.out().lines().toList()) {
                    if (!found.add(subject)) {
                        ledger.contradict("%s has commit '%s' twice".formatted(repository, subject));
                    }
                }
            }
            var missing = new TreeSet<>(acknowledged.getOrDefault(repository, Set.of()));
            missing.removeAll(found);
            if (!missing.isEmpty()) {
                ledger.contradict("%s lost acknowledged commits %s".formatted(repository, missing));
            }
            found.removeAll(begun.get(repository));
            found.remove("Initial commit");
            if (!found.isEmpty()) {
                ledger.contradict("%s has commits nobody made: %s".formatted(repository, found));
            }
        }
    }
}
