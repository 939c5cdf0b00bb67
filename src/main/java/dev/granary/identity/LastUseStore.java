package dev.granary.identity;

import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The columns that say when something was last used. */
@Component
class LastUseStore {
    private final JdbcClient jdbc;

    LastUseStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What has a time of last use, and the statement that sets it. */
    enum Kind {
        PERSONAL_TOKEN("UPDATE personal_token SET last_used_at = :now WHERE id = :id"),
        ACCESS_KEY("UPDATE access_key SET last_used_at = :now WHERE id = :id"),
        USER("UPDATE user_account SET last_activity_at = :now WHERE id = :id");

        private final String update;

        Kind(String update) {
            this.update = update;
        }
    }

    record Credential(Kind kind, long id) {}

    /** Sets the times, in epoch milliseconds; what is gone meanwhile is passed over. */
    void write(Map<Credential, Long> uses) {
        uses.forEach((credential, at) -> jdbc.sql(credential.kind().update)
                .param("now", at)
                .param("id", credential.id())
                .update());
    }
}
