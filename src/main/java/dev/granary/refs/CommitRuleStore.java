package dev.granary.refs;

import dev.granary.kernel.Page;
import dev.granary.kernel.Scope;
import dev.granary.kernel.Slice;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Commit rules, as each scope has them for itself. */
@Component
class CommitRuleStore {
    private final JdbcClient jdbc;

    CommitRuleStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A scope's rules, oldest first. */
    Page<CommitRule> list(Scope scope, Slice slice) {
        var all = all(scope);
        return new Page<>(all.stream().skip(slice.offset()).limit(slice.limit()).toList(), all.size());
    }

    /** All rules of a scope, oldest first. There are few. */
    List<CommitRule> all(Scope scope) {
        var privileged = privileged(scope);
        return jdbc.sql("SELECT * FROM commit_rule WHERE scope = :scope AND scope_id = :id ORDER BY id")
                .param("scope", scope.kind())
                .param("id", scope.id())
                .query((row, _) -> read(row, privileged.getOrDefault(row.getLong("id"), Set.of())))
                .list();
    }

    Optional<CommitRule> find(Scope scope, long id) {
        return all(scope).stream().filter(rule -> rule.id() == id).findFirst();
    }

    private Map<Long, Set<Long>> privileged(Scope scope) {
        var privileged = new HashMap<Long, Set<Long>>();
        jdbc.sql("""
            SELECT p.rule_id, p.user_id FROM commit_rule c JOIN commit_rule_privileged p ON p.rule_id = c.id
            WHERE c.scope = :scope AND c.scope_id = :id
            """).param("scope", scope.kind()).param("id", scope.id()).query(row -> {
            privileged
                    .computeIfAbsent(row.getLong("rule_id"), _ -> new HashSet<>())
                    .add(row.getLong("user_id"));
        });
        return privileged;
    }

    private static CommitRule read(ResultSet row, Set<Long> privileged) throws SQLException {
        return new CommitRule(
                row.getLong("id"),
                row.getLong("scope_id"),
                row.getString("name"),
                row.getString("branch_name"),
                row.getString("commit_message_regex"),
                row.getString("commit_message_negative_regex"),
                row.getString("author_regex"),
                row.getString("author_email_regex"),
                row.getString("prohibited_file_name_regex"),
                row.getInt("max_file_size"),
                row.getBoolean("binary_gate_enabled"),
                row.getBoolean("allowed_modify_binary"),
                row.getString("allowed_binary_file_name_regex"),
                time(row, "effective_at"),
                row.getBoolean("skip_rule_check"),
                time(row, "skip_until"),
                row.getLong("created_at"),
                row.getLong("updated_at"),
                privileged);
    }

    private static @Nullable Long time(ResultSet row, String column) throws SQLException {
        var time = row.getLong(column);
        return row.wasNull() ? null : time;
    }

    /** The new rule's id; empty when the scope has a rule of the name. */
    Optional<Long> insert(Scope scope, CommitRule rule) {
        var id = write("""
            INSERT INTO commit_rule (scope, scope_id, name, branch_name, commit_message_regex,
              commit_message_negative_regex, author_regex, author_email_regex, prohibited_file_name_regex,
              max_file_size, binary_gate_enabled, allowed_modify_binary, allowed_binary_file_name_regex, effective_at,
              skip_rule_check, skip_until, created_at, updated_at)
            VALUES (:scope, :scope_id, :name, :branch, :message, :negative, :author, :email, :prohibited, :size, :gate,
              :modify, :allowed, CAST(:effective AS BIGINT), :skip, CAST(:until AS BIGINT), :now, :now)
            ON CONFLICT DO NOTHING RETURNING id
            """, rule)
                .param("scope", scope.kind())
                .param("scope_id", scope.id())
                .query(Long.class)
                .optional();
        id.ifPresent(made -> setPrivileged(made, rule.privilegedUserIds()));
        return id;
    }

    /** False when the scope has another rule of the name. */
    boolean update(Scope scope, CommitRule rule) {
        var changed = write("""
            UPDATE commit_rule SET name = :name, branch_name = :branch, commit_message_regex = :message,
              commit_message_negative_regex = :negative, author_regex = :author, author_email_regex = :email,
              prohibited_file_name_regex = :prohibited, max_file_size = :size, binary_gate_enabled = :gate,
              allowed_modify_binary = :modify, allowed_binary_file_name_regex = :allowed,
              effective_at = CAST(:effective AS BIGINT), skip_rule_check = :skip,
              skip_until = CAST(:until AS BIGINT), updated_at = :now
            WHERE id = :id AND scope = :scope AND scope_id = :scope_id AND NOT EXISTS (
              SELECT 1 FROM commit_rule o WHERE o.scope = :scope AND o.scope_id = :scope_id AND o.name = :name
              AND o.id <> :id)
            """, rule)
                        .param("id", rule.id())
                        .param("scope", scope.kind())
                        .param("scope_id", scope.id())
                        .update()
                == 1;
        if (changed) {
            setPrivileged(rule.id(), rule.privilegedUserIds());
        }
        return changed;
    }

    private JdbcClient.StatementSpec write(String sql, CommitRule rule) {
        return jdbc.sql(sql)
                .param("name", rule.name())
                .param("branch", rule.branchName())
                .param("message", rule.commitMessageRegex())
                .param("negative", rule.commitMessageNegativeRegex())
                .param("author", rule.authorRegex())
                .param("email", rule.authorEmailRegex())
                .param("prohibited", rule.prohibitedFileNameRegex())
                .param("size", rule.maxFileSize())
                .param("gate", rule.binaryGateEnabled())
                .param("modify", rule.allowedModifyBinary())
                .param("allowed", rule.allowedBinaryFileNameRegex())
                .param("effective", rule.effectiveAt())
                .param("skip", rule.skipRuleCheck())
                .param("until", rule.skipUntil())
                .param("now", rule.updatedAt());
    }

    private void setPrivileged(long ruleId, Set<Long> users) {
        jdbc.sql("DELETE FROM commit_rule_privileged WHERE rule_id = :id")
                .param("id", ruleId)
                .update();
        for (var user : users) {
            jdbc.sql("INSERT INTO commit_rule_privileged (rule_id, user_id) VALUES (:id, :user)")
                    .param("id", ruleId)
                    .param("user", user)
                    .update();
        }
    }

    boolean delete(Scope scope, long id) {
        return jdbc.sql("DELETE FROM commit_rule WHERE id = :id AND scope = :scope AND scope_id = :scope_id")
                        .param("id", id)
                        .param("scope", scope.kind())
                        .param("scope_id", scope.id())
                        .update()
                == 1;
    }

    GeneralCommitRule general(Scope scope) {
        return jdbc.sql("SELECT * FROM general_commit_rule WHERE scope = :scope AND scope_id = :id")
                .param("scope", scope.kind())
                .param("id", scope.id())
                .query((row, _) -> new GeneralCommitRule(
                        row.getBoolean("reject_unsigned_commits"),
                        row.getBoolean("reject_not_signed_by_gpg"),
                        row.getBoolean("deny_delete_tag"),
                        row.getBoolean("prevent_secrets"),
                        row.getBoolean("deny_force_push")))
                .optional()
                .orElse(GeneralCommitRule.NONE);
    }

    void setGeneral(Scope scope, GeneralCommitRule rule) {
        jdbc.sql("""
            INSERT INTO general_commit_rule (scope, scope_id, reject_unsigned_commits, reject_not_signed_by_gpg,
              deny_delete_tag, prevent_secrets, deny_force_push)
            VALUES (:scope, :id, :off, :gpg, :tag, :secrets, :force)
            ON CONFLICT (scope, scope_id) DO UPDATE SET
              reject_unsigned_commits = excluded.reject_unsigned_commits,
              reject_not_signed_by_gpg = excluded.reject_not_signed_by_gpg,
              deny_delete_tag = excluded.deny_delete_tag, prevent_secrets = excluded.prevent_secrets,
              deny_force_push = excluded.deny_force_push
            """)
                .param("scope", scope.kind())
                .param("id", scope.id())
                .param("off", rule.rejectUnsignedCommits())
                .param("gpg", rule.rejectNotSignedByGpg())
                .param("tag", rule.denyDeleteTag())
                .param("secrets", rule.preventSecrets())
                .param("force", rule.denyForcePush())
                .update();
    }
}
