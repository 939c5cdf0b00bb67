package dev.granary.identity;

import dev.granary.kernel.Page;
import dev.granary.kernel.Slice;
import dev.granary.storage.RecordMapper;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The users and the one account they belong to. */
@Component
class UserStore {
    private static final RecordMapper<UserAccount> ROW = RecordMapper.of(UserAccount.class);
    private static final RecordMapper<Account> ACCOUNT = RecordMapper.of(Account.class);

    /** The most users one list shows. */
    static final int MOST_LISTED = 10_000;

    private final JdbcClient jdbc;
    private final KnownTokens knownTokens;

    UserStore(JdbcClient jdbc, KnownTokens knownTokens) {
        this.jdbc = jdbc;
        this.knownTokens = knownTokens;
    }

    /** What a new user starts with. */
    record NewUser(
            String uuid,
            String name,
            String email,
            String description,
            String passwordHash,
            boolean enabled,
            boolean administrator) {}

    Optional<Account> account() {
        return jdbc.sql("SELECT * FROM account ORDER BY id LIMIT 1")
                .query(ACCOUNT)
                .optional();
    }

    Account insertAccount(String uuid, String name, long now) {
        return jdbc.sql("INSERT INTO account (uuid, name, created_at) VALUES (:uuid, :name, :now) RETURNING *")
                .param("uuid", uuid)
                .param("name", name)
                .param("now", now)
                .query(ACCOUNT)
                .single();
    }

    /** Empty when the name is taken. */
    Optional<UserAccount> insert(NewUser user, long now) {
        return jdbc.sql("""
            INSERT INTO user_account (uuid, name, name_key, email, description, password_hash,
              password_changed_at, enabled, administrator, created_at, updated_at)
            VALUES (:uuid, :name, :nameKey, :email, :description, :hash, :now, :enabled, :administrator,
              :now, :now)
            ON CONFLICT DO NOTHING RETURNING *
            """)
                .param("uuid", user.uuid())
                .param("name", user.name())
                .param("nameKey", key(user.name()))
                .param("email", user.email())
                .param("description", user.description())
                .param("hash", user.passwordHash())
                .param("enabled", user.enabled())
                .param("administrator", user.administrator())
                .param("now", now)
                .query(ROW)
                .optional();
    }

    boolean isEmpty() {
        return jdbc.sql("SELECT 1 FROM user_account LIMIT 1")
                .query(Integer.class)
                .optional()
                .isEmpty();
    }

    Optional<UserAccount> byId(long id) {
        return jdbc.sql("SELECT * FROM user_account WHERE id = :id")
                .param("id", id)
                .query(ROW)
                .optional();
    }

    Optional<UserAccount> byUuid(String uuid) {
        if (!isPossible(uuid)) {
            return Optional.empty();
        }
        return jdbc.sql("SELECT * FROM user_account WHERE uuid = :uuid")
                .param("uuid", uuid)
                .query(ROW)
                .optional();
    }

    Optional<UserAccount> byName(String name) {
        if (!isPossible(name)) {
            return Optional.empty();
        }
        return jdbc.sql("SELECT * FROM user_account WHERE name_key = :key")
                .param("key", key(name))
                .query(ROW)
                .optional();
    }

    List<UserAccount> byIds(Collection<Long> ids) {
        return ids.isEmpty()
                ? List.of()
                : jdbc.sql("SELECT * FROM user_account WHERE id IN (:ids)")
                        .param("ids", ids)
                        .query(ROW)
                        .list();
    }

    /** The users of a name and state, by name; null stands for any. */
    List<UserAccount> list(@Nullable String name, @Nullable Boolean enabled) {
        return jdbc.sql("SELECT * FROM user_account WHERE (:any_name OR name_key = :name)"
                        + " AND (:any_state OR enabled = :enabled) ORDER BY name_key LIMIT " + MOST_LISTED)
                .param("any_name", name == null)
                .param("name", name == null || !isPossible(name) ? "" : key(name))
                .param("any_state", enabled == null)
                .param("enabled", enabled != null && enabled)
                .query(ROW)
                .list();
    }

    /** A page of the users whose name or address contains a text, whatever its case, by name. */
    Page<UserAccount> search(String text, Slice slice) {
        var where = " FROM user_account WHERE name_key LIKE :needle ESCAPE '!' OR lower(email) LIKE :needle ESCAPE '!'";
        var needle = "%" + key(text).replaceAll("[!%_]", "!$0") + "%";
        var total = jdbc.sql("SELECT COUNT(*)" + where)
                .param("needle", needle)
                .query(Long.class)
                .single();
        var rows = jdbc.sql("SELECT *" + where + " ORDER BY name_key LIMIT :limit OFFSET :offset")
                .param("needle", needle)
                .param("limit", slice.limit())
                .param("offset", slice.offset())
                .query(ROW)
                .list();
        return new Page<>(rows, total);
    }

    /** Makes other transactions that lock the account wait for this one. */
    void lockAccount() {
        jdbc.sql("UPDATE account SET name = name").update();
    }

    void update(
            long id, String name, String email, String description, boolean enabled, boolean administrator, long now) {
        knownTokens.change();
        jdbc.sql("""
            UPDATE user_account SET name = :name, name_key = :nameKey, email = :email, description = :description,
              enabled = :enabled, administrator = :administrator, updated_at = :now
            WHERE id = :id
            """)
                .param("name", name)
                .param("nameKey", key(name))
                .param("email", email)
                .param("description", description)
                .param("enabled", enabled)
                .param("administrator", administrator)
                .param("now", now)
                .param("id", id)
                .update();
    }

    /** The time of change always moves on: what remembers a password by it must forget. */
    void setPassword(long id, String hash, long now) {
        knownTokens.change();
        jdbc.sql("""
            UPDATE user_account SET password_hash = :hash, updated_at = :now,
              password_changed_at = CASE WHEN :now > password_changed_at THEN :now ELSE password_changed_at + 1 END
            WHERE id = :id
            """).param("hash", hash).param("now", now).param("id", id).update();
    }

    long enabledAdministrators() {
        return jdbc.sql("SELECT count(*) FROM user_account WHERE enabled AND administrator")
                .query(Long.class)
                .single();
    }

    /** Whether projects, repositories, deploy keys, merge requests, discussions or notes name the user as their creator. */
    boolean ownsData(long id) {
        return jdbc.sql("""
            SELECT 1 WHERE EXISTS (SELECT 1 FROM project WHERE creator_id = :id)
              OR EXISTS (SELECT 1 FROM repository WHERE creator_id = :id)
              OR EXISTS (SELECT 1 FROM code_group WHERE creator_id = :id OR owner_id = :id)
              OR EXISTS (SELECT 1 FROM deploy_key WHERE creator_id = :id)
              OR EXISTS (SELECT 1 FROM merge_request WHERE author_id = :id)
              OR EXISTS (SELECT 1 FROM discussion WHERE author_id = :id)
              OR EXISTS (SELECT 1 FROM note WHERE author_id = :id)
            """).param("id", id).query(Integer.class).optional().isPresent();
    }

    void delete(long id) {
        knownTokens.change();
        jdbc.sql("DELETE FROM user_account WHERE id = :id").param("id", id).update();
    }

    /** Makes other transactions that lock the user wait for this one. */
    void lock(long id) {
        jdbc.sql("UPDATE user_account SET uuid = uuid WHERE id = :id")
                .param("id", id)
                .update();
    }

    /** Users by an address of theirs, in lower case. */
    List<UserAccount> byEmails(Collection<String> emails) {
        return emails.isEmpty()
                ? List.of()
                : jdbc.sql("""
                    SELECT * FROM user_account WHERE LOWER(email) IN (:emails) OR LOWER(commit_email) IN (:emails) ORDER BY id
                    """).param("emails", emails).query(ROW).list();
    }

    Optional<String> passwordHash(long userId) {
        return jdbc.sql("SELECT password_hash FROM user_account WHERE id = :id")
                .param("id", userId)
                .query(String.class)
                .optional();
    }

    void setHttpsPassword(long id, boolean accepted, long now) {
        knownTokens.change();
        jdbc.sql("UPDATE user_account SET https_password = :accepted, updated_at = :now WHERE id = :id")
                .param("accepted", accepted)
                .param("now", now)
                .param("id", id)
                .update();
    }

    void setCommitEmail(long id, String email, long now) {
        knownTokens.change();
        jdbc.sql("UPDATE user_account SET commit_email = :email, updated_at = :now WHERE id = :id")
                .param("email", email)
                .param("now", now)
                .param("id", id)
                .update();
    }

    /** PostgreSQL fails on NUL instead of finding nothing. */
    private static boolean isPossible(String key) {
        return key.indexOf(0) < 0;
    }

    /** Names are unique whatever their case; SQLite's own folding knows ASCII only, so it is done here. */
    static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
