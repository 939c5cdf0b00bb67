package dev.granary.refs;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What commits must be like on some branches. Patterns are found anywhere in what they are for; empty ones ask for
 * nothing. Times are epoch milliseconds.
 *
 * @param scopeId of the repository, group or project that it belongs to
 * @param branchName a name, or a wildcard: {@code *} stands for any characters
 * @param commitMessageNegativeRegex must not be found in the message
 * @param prohibitedFileNameRegex must not be found in the path of a file that was added or changed
 * @param maxFileSize in megabytes
 * @param binaryGateEnabled whether binary files may not be added
 * @param allowedModifyBinary whether they may be changed all the same
 * @param allowedBinaryFileNameRegex may be added and changed all the same
 * @param privilegedUserIds may add and change binary files all the same
 * @param effectiveAt commits made before need not keep to it
 * @param skipRuleCheck whether it is out of force, until {@code skipUntil} if that is given
 */
public record CommitRule(
        long id,
        long scopeId,
        String name,
        String branchName,
        String commitMessageRegex,
        String commitMessageNegativeRegex,
        String authorRegex,
        String authorEmailRegex,
        String prohibitedFileNameRegex,
        int maxFileSize,
        boolean binaryGateEnabled,
        boolean allowedModifyBinary,
        String allowedBinaryFileNameRegex,
        @Nullable Long effectiveAt,
        boolean skipRuleCheck,
        @Nullable Long skipUntil,
        long createdAt,
        long updatedAt,
        Set<Long> privilegedUserIds) {
    public CommitRule {
        privilegedUserIds = Set.copyOf(privilegedUserIds);
    }

    /** Whether it is out of force at a time. */
    boolean isSkipped(long now) {
        return skipRuleCheck && (skipUntil == null || now < skipUntil);
    }
}
