package dev.granary.repositories;

/** The answer of CreateRepository (v1). */
record CreatedRepository(String repositoryUuid) {}
