package dev.granary.identity;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a personal access token is asked to be.
 *
 * @param scopes one or more of {@code read_repository}, {@code write_repository}, {@code api}
 * @param expiresAt a date (its end in UTC) or an ISO 8601 time; absent for never
 */
public record NewPersonalToken(
        @Nullable String name,
        @Nullable String description,
        @Nullable List<String> scopes,
        @Nullable String expiresAt) {}
