package dev.granary.repositories;

import org.jspecify.annotations.Nullable;

/**
 * What became of an import.
 *
 * @param url without credentials
 * @param sourceType the kind of server as far as the address tells: {@code github}, {@code gitlab}, {@code gitee},
 *     {@code bitbucket}, {@code coding}, {@code codeup} or {@code git}
 * @param state {@code importing}, {@code finished} or {@code fail}
 * @param errorKey what the last attempt failed of, in the message files; so {@code errorArguments}
 */
public record ImportRecord(
        long id,
        long repositoryId,
        String url,
        String sourceType,
        long creatorId,
        String state,
        long createdAt,
        @Nullable Long finishedAt,
        @Nullable String errorKey,
        @Nullable String errorArguments) {
    static final String IMPORTING = "importing";
    static final String FINISHED = "finished";
    static final String FAILED = "fail";
}
