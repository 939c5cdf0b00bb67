package dev.granary.identity;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A session as IAM describes it.
 *
 * @param secret the token itself, which is sent in a header
 */
record Session(@JsonIgnore String secret, Token token) {
    /**
     * @param domain set when the session is for the whole account
     * @param project set when it is for one of IAM's projects
     * @param roles {@code te_admin} for administrators
     * @param catalog empty: every service is at the address the client already has
     */
    record Token(
            String expiresAt,
            String issuedAt,
            List<String> methods,
            User user,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Named domain,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Project project,

            List<Named> roles,
            List<String> catalog) {}

    /**
     * @param passwordExpiresAt empty: passwords do not expire
     */
    record User(Named domain, String id, String name, String passwordExpiresAt) {}

    record Project(Named domain, String id, String name) {}

    record Named(String id, String name) {}
}
