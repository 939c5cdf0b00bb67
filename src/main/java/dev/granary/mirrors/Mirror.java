package dev.granary.mirrors;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A mirror's record. Times are epoch milliseconds.
 *
 * @param direction {@code fetch} or {@code push}
 * @param url without credentials
 * @param endpointUuid of the stored credentials; null without
 * @param hasSecret whether credentials stood in the address
 * @param scheduled whether it runs by itself
 * @param intervalSeconds how long after one run the next comes; null: the installation's
 * @param syncBranchType {@code all} or {@code default}: nothing but the default branch
 * @param refSpecs one a line; empty: all branches and tags
 * @param status {@code scheduled}, {@code started}, {@code finished} or {@code failed}
 * @param failures in a row, up to now
 * @param lastUpdateAt when the record or the status last changed
 * @param lastMillis what the last success took, or a failure since that took longer; null before the first success
 * @param nextRunAt when the schedule has it run next
 * @param differingRefs how many refs differed from the other side after the last success
 * @param lateSince since when it has been late; null when it is not
 * @param warningKey what is amiss although it succeeds
 */
public record Mirror(
        long id,
        long repositoryId,
        String direction,
        String url,
        @Nullable Long endpointId,
        @Nullable String endpointUuid,
        boolean hasSecret,
        boolean scheduled,
        @Nullable Long intervalSeconds,
        String syncBranchType,
        String refSpecs,
        boolean prune,
        boolean forceFetch,
        @Nullable String knownHostKey,
        String status,
        long failures,
        @Nullable String errorKey,
        @Nullable String errorArguments,
        long lastUpdateAt,
        @Nullable Long lastSuccessAt,
        @Nullable Long lastMillis,
        @Nullable Long nextRunAt,
        long differingRefs,
        @Nullable Long differingSince,
        @Nullable Long lateSince,
        @Nullable String warningKey,
        long createdAt) {
    public static final String ALL = "all";
    public static final String DEFAULT = "default";

    /** The patterns one by one; empty: all branches and tags. */
    public List<String> refSpecList() {
        return refSpecs.isEmpty() ? List.of() : List.of(refSpecs.split("\n"));
    }

    /** Whether it is about nothing but the default branch. */
    public boolean onlyDefaultBranch() {
        return syncBranchType.equals(DEFAULT);
    }

    /** Whether the repository here follows the other one. */
    public boolean fetches() {
        return direction.equals(Direction.FETCH.wire());
    }
}
