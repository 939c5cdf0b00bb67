package dev.granary.workitems;

import java.util.Arrays;
import java.util.List;

/**
 * How a scope's repositories go together with a tracker of work items. Lists are in one text, separated by commas.
 *
 * @param e2ePolicies how commit messages name work items
 * @param req which work items merge requests into some branches may have
 * @param link where work items are shown, and which ones merge requests may have whatever their branch
 */
public record E2eSetting(Policies e2ePolicies, Req req, Link link) {
    static final String PLAIN = "plain";
    static final String REGEX = "regex";

    /** Where nobody has said anything: {@code #123} names a work item, and any item may be linked. */
    static final E2eSetting NONE = new E2eSetting(
            new Policies(true, "#", ",", ""),
            new Req(false, "", REGEX, "scrum", "", "", "", ""),
            new Link(false, "", "", ""));

    /**
     * How commit messages name work items: a prefix, ids, a suffix.
     *
     * @param autoExtract whether messages are looked at
     * @param prefixSymbol the prefixes, each of which does
     * @param separator what stands between ids; empty: a prefix has one id
     * @param suffixSymbol what must follow; empty for nothing
     */
    public record Policies(boolean autoExtract, String prefixSymbol, String separator, String suffixSymbol) {}

    /**
     * Which work items merge requests may have.
     *
     * @param branches the target branches it is about: names, or one regular expression; empty: all
     * @param branchesType {@link #PLAIN} or {@link #REGEX}
     * @param projectType {@code scrum}, {@code ipd} or {@code xboard}: the kind of project that the tracker has
     * @param categories names of the categories that may be linked; empty, the codes too: any
     * @param excludeStatuses names of the statuses in which an item may not be linked
     */
    public record Req(
            boolean active,
            String branches,
            String branchesType,
            String projectType,
            String categories,
            String categoryCodes,
            String excludeStatuses,
            String excludeStatusCodes) {}

    /**
     * A tracker with pages of its own.
     *
     * @param url the address of a work item's page, with {@link TrackerLinks#ID} in the place of its id
     */
    public record Link(boolean active, String url, String categories, String excludeStatuses) {}

    /** The entries of one of the lists. */
    static List<String> entries(String list) {
        return Arrays.stream(list.split(",", -1))
                .map(String::strip)
                .filter(entry -> !entry.isEmpty())
                .toList();
    }
}
