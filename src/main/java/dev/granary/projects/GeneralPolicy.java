package dev.granary.projects;

import java.util.List;

/**
 * What may be done in repositories, by whomever.
 *
 * @param disableFork nobody forks them
 * @param forbiddenDeveloperCreateBranch developers create no branches, other than {@code branchCreators}
 * @param forbiddenDeveloperCreateTag developers create no tags
 * @param forbiddenCommitterCreateBranch committers create no branches, other than {@code branchCreators}
 * @param branchCreators the ids of users who create branches all the same
 * @param branchNameRegex a pattern of {@link dev.granary.kernel.Patterns} that is to be found in names of new branches;
 *     empty: any name is good
 * @param tagNameRegex the same for tags
 * @param generatePreMergeRef whether merge requests have their result made in advance
 */
public record GeneralPolicy(
        boolean disableFork,
        boolean forbiddenDeveloperCreateBranch,
        boolean forbiddenDeveloperCreateTag,
        boolean forbiddenCommitterCreateBranch,
        List<Long> branchCreators,
        String branchNameRegex,
        String tagNameRegex,
        boolean generatePreMergeRef) {
    /** Where nobody has said anything: everything is allowed. */
    public static final GeneralPolicy NONE = new GeneralPolicy(false, false, false, false, List.of(), "", "", false);

    public GeneralPolicy {
        branchCreators = List.copyOf(branchCreators);
    }
}
