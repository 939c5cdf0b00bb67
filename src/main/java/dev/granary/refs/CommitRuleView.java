package dev.granary.refs;

import dev.granary.identity.UserAccount;
import dev.granary.kernel.Times;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A commit rule as answers show it. Patterns that are not set are empty.
 *
 * @param repositoryId of the repository that was asked; null where it was a project, a group or the account
 * @param allowedMaxFileSize the most that {@code maxFileSize} could be
 */
record CommitRuleView(
        long id,
        @Nullable Long repositoryId,
        String commitMessageRegex,
        String commitMessageNegativeRegex,
        String prohibitedFileNameRegex,
        String authorEmailRegex,
        int maxFileSize,
        int allowedMaxFileSize,
        @Nullable String effectiveDate,
        boolean binaryGateEnabled,
        List<Privileged> privilegedUsers,
        boolean allowedModifyBinary,
        String allowedBinaryFileNameRegex,
        String authorRegex,
        String updatedAt,
        String name,
        String branchName,
        String createdAt,
        boolean skipRuleCheck,
        @Nullable String skipRuleEndDate) {
    private static final int LARGEST_FILE = 300;

    /** Who may push binary files; there are no licences for people here. */
    record Privileged(
            long id,
            String name,
            String username,
            String state,
            @Nullable Integer serviceLicenseStatus,
            String nameCn,
            String nickName,
            String tenantName) {
        static Privileged of(UserAccount user, String account) {
            return new Privileged(
                    user.id(),
                    user.name(),
                    user.name(),
                    user.enabled() ? "active" : "blocked",
                    null,
                    user.name(),
                    user.name(),
                    account);
        }
    }

    static CommitRuleView of(CommitRule rule, @Nullable Long repositoryId, List<Privileged> privileged) {
        return new CommitRuleView(
                rule.id(),
                repositoryId,
                rule.commitMessageRegex(),
                rule.commitMessageNegativeRegex(),
                rule.prohibitedFileNameRegex(),
                rule.authorEmailRegex(),
                rule.maxFileSize(),
                LARGEST_FILE,
                RuleDates.day(rule.effectiveAt()),
                rule.binaryGateEnabled(),
                privileged,
                rule.allowedModifyBinary(),
                rule.allowedBinaryFileNameRegex(),
                rule.authorRegex(),
                Times.v4(rule.updatedAt()),
                rule.name(),
                rule.branchName(),
                Times.v4(rule.createdAt()),
                rule.skipRuleCheck(),
                RuleDates.second(rule.skipUntil()));
    }
}
