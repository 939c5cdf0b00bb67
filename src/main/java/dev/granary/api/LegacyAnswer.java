package dev.granary.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * The envelope of v1 and v2.
 *
 * @param error what went wrong; absent on success
 * @param result the value; absent on failure
 * @param status {@code success} or {@code failed}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record LegacyAnswer(@Nullable Failure error, @Nullable Object result, String status) {
    record Failure(String code, String message) {}

    static LegacyAnswer success(@Nullable Object result) {
        return new LegacyAnswer(null, result, "success");
    }

    static LegacyAnswer failure(String code, String message) {
        return new LegacyAnswer(new Failure(code, message), null, "failed");
    }
}
