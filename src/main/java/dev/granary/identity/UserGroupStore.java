package dev.granary.identity;

import dev.granary.storage.RecordMapper;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** User groups and who is in them. */
@Component
class UserGroupStore {
    private static final RecordMapper<UserGroup> ROW = RecordMapper.of(UserGroup.class);
    private static final RecordMapper<UserAccount> USER = RecordMapper.of(UserAccount.class);

    private final JdbcClient jdbc;

    UserGroupStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Empty when the name is taken. */
    Optional<UserGroup> insert(String uuid, String name, String description, long now) {
        return jdbc.sql("""
            INSERT INTO user_group (uuid, name, name_key, description, created_at, updated_at)
            VALUES (:uuid, :name, :key, :description, :now, :now) ON CONFLICT DO NOTHING RETURNING *
            """)
                .param("uuid", uuid)
                .param("name", name)
                .param("key", UserStore.key(name))
                .param("description", description)
                .param("now", now)
                .query(ROW)
                .optional();
    }

    Optional<UserGroup> byUuid(String uuid) {
        return jdbc.sql("SELECT * FROM user_group WHERE uuid = :uuid")
                .param("uuid", uuid)
                .query(ROW)
                .optional();
    }

    /** The user groups of a name, by name; null stands for any. */
    List<UserGroup> list(@Nullable String name) {
        return jdbc.sql("SELECT * FROM user_group WHERE (:any OR name_key = :key) ORDER BY name_key LIMIT "
                        + UserStore.MOST_LISTED)
                .param("any", name == null)
                .param("key", name == null ? "" : UserStore.key(name))
                .query(ROW)
                .list();
    }

    /** False when another user group has the name. */
    boolean update(long id, String name, String description, long now) {
        return jdbc.sql("""
            UPDATE user_group SET name = :name, name_key = :key, description = :description, updated_at = :now
            WHERE id = :id AND NOT EXISTS (SELECT 1 FROM user_group o WHERE o.name_key = :key AND o.id <> :id)
            """)
                        .param("id", id)
                        .param("name", name)
                        .param("key", UserStore.key(name))
                        .param("description", description)
                        .param("now", now)
                        .update()
                == 1;
    }

    /** Takes away every role of the user group. */
    void deleteRoles(long id) {
        jdbc.sql("DELETE FROM user_group_role WHERE user_group_id = :id")
                .param("id", id)
                .update();
    }

    void delete(long id) {
        jdbc.sql("DELETE FROM user_group WHERE id = :id").param("id", id).update();
    }

    void addUser(long id, long userId, long now) {
        jdbc.sql("""
            INSERT INTO user_group_member (user_group_id, user_id, created_at) VALUES (:id, :user, :now)
            ON CONFLICT DO NOTHING
            """).param("id", id).param("user", userId).param("now", now).update();
    }

    /** False when the user is not in the user group. */
    boolean removeUser(long id, long userId) {
        return jdbc.sql("DELETE FROM user_group_member WHERE user_group_id = :id AND user_id = :user")
                        .param("id", id)
                        .param("user", userId)
                        .update()
                == 1;
    }

    boolean hasUser(long id, long userId) {
        return jdbc.sql("SELECT 1 FROM user_group_member WHERE user_group_id = :id AND user_id = :user")
                .param("id", id)
                .param("user", userId)
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    List<UserAccount> users(long id) {
        return jdbc.sql("SELECT u.* FROM user_account u JOIN user_group_member m ON m.user_id = u.id"
                        + " WHERE m.user_group_id = :id ORDER BY u.name_key LIMIT " + UserStore.MOST_LISTED)
                .param("id", id)
                .query(USER)
                .list();
    }

    /** Makes everything that is remembered of roles, permissions and rules out of date. */
    void raiseRulesVersions() {
        jdbc.sql("UPDATE project SET rules_version = rules_version + 1").update();
    }
}
