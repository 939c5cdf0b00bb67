package dev.granary.repositories;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The answer of CreateProjectAndRepositories and CreateProjectAndforkRepositories (v2). */
record CreatedProjectRepository(
        @JsonProperty("projectUuid") String projectUuid,
        @JsonProperty("repositoryUuid") String repositoryUuid) {}
