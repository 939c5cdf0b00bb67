package dev.granary.repositories;

import org.jspecify.annotations.Nullable;

/**
 * The body of CreateRepository (v1).
 *
 * @param importMembers 1: the project's members are members of the repository; absent: 0
 * @param visibilityLevel 0 private (also when absent), 10 project, 20 public
 * @param groupId the group to create it in; absent, 0 or the project's own id: outside any group
 * @param importUrl base64 of a Git address to import
 * @param gitignoreId the language whose .gitignore it begins with
 * @param licenseId the number of the licence it begins with; absent or 0: none
 * @param enableReadme 1: it begins with a README.md
 * @param caller which program calls; not used
 */
public record NewRepositoryBody(
        @Nullable Integer importMembers,
        @Nullable String name,
        @Nullable String projectUuid,
        @Nullable Long groupId,
        @Nullable String templateId,
        @Nullable Integer visibilityLevel,
        @Nullable String importUrl,
        @Nullable String description,
        @Nullable String gitignoreId,
        @Nullable Integer licenseId,
        @Nullable Integer enableReadme,
        @Nullable String caller) {
    /** Credentials may stand in the address. */
    @Override
    public String toString() {
        return "NewRepositoryBody[name=" + name + "]";
    }
}
