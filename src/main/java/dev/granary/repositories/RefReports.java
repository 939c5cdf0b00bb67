package dev.granary.repositories;

import dev.granary.repositories.RefChain.Step;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What was reported of one repository's refs and is to be recorded together. Not safe for threads. */
final class RefReports {
    private final String uuid;
    private final Map<String, Report> refs = new LinkedHashMap<>();
    private boolean activity;

    RefReports(String uuid) {
        this.uuid = uuid;
    }

    /** What was reported of one ref: its moves, and whether the rest of the way to where it is now is to be told. */
    static final class Report {
        private final List<Step> steps = new ArrayList<>();
        private @Nullable Step look;

        List<Step> steps() {
            return steps;
        }

        @Nullable
        Step look() {
            return look;
        }

        private @Nullable Long mover() {
            return steps.isEmpty()
                    ? look == null ? null : look.moverId()
                    : steps.getFirst().moverId();
        }
    }

    /**
     * Adds the moves of a push.
     *
     * @param size how many refs it moved in all
     */
    void moved(List<MovedRef> moves, @Nullable Long mover, int size, boolean told) {
        activity = true;
        for (var move : moves) {
            if (!Objects.equals(move.before(), move.after())) {
                report(move.name()).steps.add(new Step(move.before(), move.after(), mover, false, size, told));
            }
        }
    }

    /** Adds refs that are to be recorded where they are. */
    void looked(Collection<String> names, Look look) {
        activity |= look.activity();
        for (var name : names) {
            var report = report(name);
            if (report.look == null) {
                report.look = new Step(null, null, look.moverId(), !look.activity(), names.size(), look.told());
            }
        }
    }

    /**
     * On whose behalf refs are looked at.
     *
     * @param moverId the user who moved them; null for anybody else
     * @param activity whether something happened just now, rather than that it is only found
     * @param told whether there are to be events of what moved
     */
    record Look(@Nullable Long moverId, boolean activity, boolean told) {}

    private Report report(String name) {
        return refs.computeIfAbsent(name, _ -> new Report());
    }

    String uuid() {
        return uuid;
    }

    boolean isActivity() {
        return activity;
    }

    Map<String, Report> refs() {
        return refs;
    }

    /** Every ref with the user who moved it; null for anybody else. */
    Map<String, @Nullable Long> movers() {
        var movers = new HashMap<String, @Nullable Long>();
        refs.forEach((name, report) -> movers.put(name, report.mover()));
        return movers;
    }
}
