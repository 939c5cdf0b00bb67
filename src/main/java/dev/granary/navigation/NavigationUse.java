package dev.granary.navigation;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Counts how often navigation is used, and writes it down now and then: a crash loses a minute's counts. */
@Component
class NavigationUse implements DisposableBean {
    private final NavigationStore store;
    private final TransactionTemplate transaction;
    private final Map<Long, Counts> counts = new ConcurrentHashMap<>();

    NavigationUse(NavigationStore store, TransactionTemplate transaction) {
        this.store = store;
        this.transaction = transaction;
    }

    /** What is not written yet. */
    record Counts(AtomicLong queries, AtomicLong outlines) {}

    private Counts of(long repositoryId) {
        return counts.computeIfAbsent(repositoryId, _ -> new Counts(new AtomicLong(), new AtomicLong()));
    }

    void query(long repositoryId) {
        of(repositoryId).queries().incrementAndGet();
    }

    void outline(long repositoryId) {
        of(repositoryId).outlines().incrementAndGet();
    }

    /** How many queries of a repository are not written yet. */
    long queries(long repositoryId) {
        return of(repositoryId).queries().get();
    }

    /** How many outlines of a repository are not written yet. */
    long outlines(long repositoryId) {
        return of(repositoryId).outlines().get();
    }

    /** Writes down what was counted. */
    @Scheduled(initialDelayString = "PT1M", fixedDelayString = "PT1M")
    void write() {
        for (var id : Set.copyOf(counts.keySet())) {
            var counted = counts.remove(id);
            if (counted != null) {
                transaction.executeWithoutResult(_ -> store.used(
                        id, counted.queries().get(), counted.outlines().get()));
            }
        }
    }

    @Override
    public void destroy() {
        write();
    }
}
