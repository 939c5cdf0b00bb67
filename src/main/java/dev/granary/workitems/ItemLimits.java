package dev.granary.workitems;

import dev.granary.kernel.Patterns;
import dev.granary.workitems.WorkItem.Attribute;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which work items merge requests into a branch may have.
 *
 * @param alternatives the limits of the trackers that are in use; a work item has to meet those of one; none: any may
 */
record ItemLimits(List<Limit> alternatives) {
    /** Any work item. */
    static final ItemLimits NONE = new ItemLimits(List.of());

    /** Some values of an attribute, in words and by the tracker's codes. */
    record Choice(List<String> names, List<String> codes) {
        static Choice of(String names, String codes) {
            return new Choice(E2eSetting.entries(names), E2eSetting.entries(codes));
        }

        boolean isEmpty() {
            return names.isEmpty() && codes.isEmpty();
        }

        boolean has(@Nullable Attribute value) {
            return value != null && (names.contains(value.nameOrEmpty()) || codes.contains(value.idOrEmpty()));
        }
    }

    /**
     * The limits of one tracker.
     *
     * @param categories one of which a work item must have; none: any will do
     * @param excluded statuses that it must not have
     */
    record Limit(Choice categories, Choice excluded) {
        /** Nothing is known of some work items: they do for limits that ask for nothing. */
        boolean meets(@Nullable WorkItem item) {
            return (categories.isEmpty() || (item != null && categories.has(item.tracker())))
                    && (excluded.isEmpty() || (item != null && !excluded.has(item.status())));
        }
    }

    /** The limits for requests into a branch. */
    static ItemLimits of(E2eSetting setting, String branch) {
        var alternatives = new ArrayList<Limit>();
        var req = setting.req();
        if (req.active()) {
            alternatives.add(
                    concerns(req, branch)
                            ? new Limit(
                                    Choice.of(req.categories(), req.categoryCodes()),
                                    Choice.of(req.excludeStatuses(), req.excludeStatusCodes()))
                            : new Limit(Choice.of("", ""), Choice.of("", "")));
        }
        var link = setting.link();
        if (link.active()) {
            alternatives.add(new Limit(Choice.of(link.categories(), ""), Choice.of(link.excludeStatuses(), "")));
        }
        return new ItemLimits(alternatives);
    }

    private static boolean concerns(E2eSetting.Req req, String branch) {
        if (req.branches().isEmpty()) {
            return true;
        }
        return req.branchesType().equals(E2eSetting.REGEX)
                ? Patterns.compile(req.branches()).matches(branch)
                : E2eSetting.entries(req.branches()).contains(branch);
    }

    /**
     * Whether a work item may be linked.
     *
     * @param item null where nothing is known of it
     */
    boolean meets(@Nullable WorkItem item) {
        return alternatives.isEmpty() || alternatives.stream().anyMatch(limit -> limit.meets(item));
    }
}
