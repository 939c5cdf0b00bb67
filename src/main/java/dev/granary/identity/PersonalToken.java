package dev.granary.identity;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.granary.kernel.Caller.Grant;
import dev.granary.kernel.Times;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A personal access token, as its owner sees it. Times are epoch milliseconds inside and v4's form on the wire.
 *
 * @param scopes what it may be used for, by {@link Grant#wireName()}
 * @param active whether it can be used: neither revoked nor expired
 * @param expiresAt when it ends; null for never
 * @param token an extension of the contract: the secret, in the answer that creates it and never again
 */
public record PersonalToken(
        long id,
        @JsonIgnore long userId,
        String name,
        boolean revoked,
        @JsonIgnore long createdAt,
        List<String> scopes,
        boolean active,
        @JsonIgnore @Nullable Long expiresAt,
        String description,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String token) {

    /** Begins every token, so that scanners for leaked secrets and people recognise one. */
    static final String PREFIX = "grn_";

    @JsonProperty("created_at")
    String createdTime() {
        return Times.v4(createdAt);
    }

    @JsonProperty("expires_at")
    @Nullable
    String expiryTime() {
        return expiresAt == null ? null : Times.v4(expiresAt);
    }

    /** Always false: tokens are made by their owners. */
    @JsonProperty("impersonation")
    boolean impersonation() {
        return false;
    }

    PersonalToken withToken(String secret) {
        return new PersonalToken(id, userId, name, revoked, createdAt, scopes, active, expiresAt, description, secret);
    }

    /** What a caller who uses the token may do with it. */
    Set<Grant> grants() {
        return Arrays.stream(Grant.values())
                .filter(grant -> scopes.contains(grant.wireName()))
                .collect(Collectors.toUnmodifiableSet());
    }
}
