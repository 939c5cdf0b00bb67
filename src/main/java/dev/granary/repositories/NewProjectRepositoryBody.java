package dev.granary.repositories;

import org.jspecify.annotations.Nullable;

/**
 * The body of CreateProjectAndRepositories and CreateProjectAndforkRepositories (v2).
 *
 * @param importMembers 1: the project's members are members of the repository; absent: 0
 * @param projectName the project to create it in, which is created itself where there is none of that name
 * @param templateId for a fork, what to fork: a repository's 32-digit or numeric id
 * @param type the kind of a project that is created; absent: scrum
 * @param visibilityLevel 0 private (also when absent), 10 project, 20 public
 * @param groupId the group of the project to create it in; absent or 0: outside any. The public API does not have it.
 */
record NewProjectRepositoryBody(
        @Nullable Integer importMembers,
        @Nullable String projectName,
        @Nullable String repoName,
        @Nullable String templateId,
        @Nullable String type,
        @Nullable Integer visibilityLevel,
        @Nullable Long groupId) {}
