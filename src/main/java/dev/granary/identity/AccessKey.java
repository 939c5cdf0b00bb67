package dev.granary.identity;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * A permanent access key, in IAM's form. Times are epoch milliseconds inside and UTC on the wire.
 *
 * @param userUuid whose it is
 * @param access the public half: 8 to 128 characters
 * @param secret the secret half, in the answer that creates the key and never again
 */
public record AccessKey(
        @JsonIgnore long id,
        @JsonIgnore long userId,
        @JsonProperty("user_id") String userUuid,
        String access,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String secret,
        String description,
        @JsonIgnore boolean active,
        @JsonIgnore long createdAt,
        @JsonIgnore @Nullable Long lastUsedAt) {

    @JsonProperty("status")
    String status() {
        return active ? "active" : "inactive";
    }

    @JsonProperty("create_time")
    String createTime() {
        return IamTimes.of(createdAt);
    }

    /** When the key last signed a request, to the minute; when it was made, if never. */
    @JsonProperty("last_use_time")
    String lastUseTime() {
        return IamTimes.of(lastUsedAt == null ? createdAt : lastUsedAt);
    }

    AccessKey withSecret(String value) {
        return new AccessKey(id, userId, userUuid, access, value, description, active, createdAt, lastUsedAt);
    }
}
