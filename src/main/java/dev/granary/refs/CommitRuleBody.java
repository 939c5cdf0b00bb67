package dev.granary.refs;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client wants commits to be like: see {@link CommitRule}. In a change, what is absent stays as it is.
 *
 * @param effectiveDate for example {@code 2025-8-19}
 * @param skipRuleEndDate for example {@code 2025-8-19 10:00:00}
 */
public record CommitRuleBody(
        @Nullable String name,
        @Nullable String branchName,
        @Nullable String commitMessageRegex,
        @Nullable String commitMessageNegativeRegex,
        @Nullable String authorRegex,
        @Nullable String authorEmailRegex,
        @Nullable String prohibitedFileNameRegex,
        @Nullable Integer maxFileSize,
        @Nullable Boolean binaryGateEnabled,
        @Nullable Boolean allowedModifyBinary,
        @Nullable String allowedBinaryFileNameRegex,
        @Nullable List<@Nullable Long> privilegedUserIds,
        @Nullable String effectiveDate,
        @Nullable Boolean skipRuleCheck,
        @Nullable String skipRuleEndDate) {}
