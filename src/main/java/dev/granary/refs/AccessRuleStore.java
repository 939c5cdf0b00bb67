package dev.granary.refs;

import dev.granary.access.Role;
import dev.granary.kernel.Page;
import dev.granary.kernel.Scope;
import dev.granary.kernel.Slice;
import dev.granary.refs.AccessRule.Action;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Rules about branches, tags and files, as each scope has them for itself. */
@Component
class AccessRuleStore {
    private final JdbcClient jdbc;

    AccessRuleStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The rules of a scope whose patterns contain a text, whatever its case; oldest first. There are at most a thousand. */
    Page<AccessRule> list(Scope scope, RuleKind kind, String part, Slice slice) {
        var wanted = part.toLowerCase(Locale.ROOT);
        var found = plain(scope, kind).stream()
                .filter(rule -> rule.pattern().toLowerCase(Locale.ROOT).contains(wanted))
                .toList();
        var page = found.stream().skip(slice.offset()).limit(slice.limit()).toList();
        return new Page<>(complete(page), found.size());
    }

    /** All rules of a scope, oldest first. */
    List<AccessRule> all(Scope scope, RuleKind kind) {
        return complete(plain(scope, kind));
    }

    /** A scope's rules of these patterns; those that do not exist are missing. */
    List<AccessRule> ofPatterns(Scope scope, RuleKind kind, Collection<String> patterns) {
        return complete(jdbc.sql("""
            SELECT id, pattern, updated_at FROM access_rule
            WHERE scope = :scope AND scope_id = :id AND kind = :kind AND pattern IN (:patterns) ORDER BY id
            """)
                .param("scope", scope.kind())
                .param("id", scope.id())
                .param("kind", kind.key())
                .param("patterns", patterns)
                .query((row, _) -> plain(row.getLong("id"), row.getString("pattern"), row.getLong("updated_at")))
                .list());
    }

    private List<AccessRule> plain(Scope scope, RuleKind kind) {
        return jdbc.sql("""
            SELECT id, pattern, updated_at FROM access_rule
            WHERE scope = :scope AND scope_id = :id AND kind = :kind ORDER BY id
            """)
                .param("scope", scope.kind())
                .param("id", scope.id())
                .param("kind", kind.key())
                .query((row, _) -> plain(row.getLong("id"), row.getString("pattern"), row.getLong("updated_at")))
                .list();
    }

    private static AccessRule plain(long id, String pattern, long updatedAt) {
        return new AccessRule(id, pattern, updatedAt, List.of());
    }

    private List<AccessRule> complete(List<AccessRule> rules) {
        if (rules.isEmpty()) {
            return rules;
        }
        var ids = rules.stream().map(AccessRule::id).toList();
        var actions = new HashMap<Long, List<Action>>();
        var grants = grants(ids);
        jdbc.sql("SELECT rule_id, action, enabled, force_push FROM access_rule_action WHERE rule_id IN (:ids)")
                .param("ids", ids)
                .query(row -> {
                    var rule = row.getLong("rule_id");
                    var action = RuleAction.ofKey(row.getString("action"));
                    var to = grants.getOrDefault(new Place(rule, action), Grants.NONE);
                    actions.computeIfAbsent(rule, _ -> new ArrayList<>())
                            .add(new Action(
                                    action,
                                    row.getBoolean("enabled"),
                                    row.getBoolean("force_push"),
                                    to.users,
                                    to.userGroups,
                                    to.roles));
                });
        actions.values().forEach(list -> list.sort(Comparator.comparing(Action::action)));
        return rules.stream()
                .map(rule -> rule.with(actions.getOrDefault(rule.id(), List.of())))
                .toList();
    }

    private record Place(long rule, RuleAction action) {}

    private record Grants(Set<Long> users, Set<Long> userGroups, Set<Role> roles) {
        static final Grants NONE = new Grants(Set.of(), Set.of(), Set.of());
    }

    private Map<Place, Grants> grants(List<Long> ids) {
        var grants = new HashMap<Place, Grants>();
        jdbc.sql("SELECT rule_id, action, user_id, user_group_id, role FROM access_rule_grant WHERE rule_id IN (:ids)")
                .param("ids", ids)
                .query(row -> {
                    var place = new Place(row.getLong("rule_id"), RuleAction.ofKey(row.getString("action")));
                    var to = grants.computeIfAbsent(
                            place, _ -> new Grants(new HashSet<>(), new HashSet<>(), new HashSet<>()));
                    var role = row.getString("role");
                    var user = row.getLong("user_id");
                    if (role != null) {
                        to.roles.add(Role.ofKey(role));
                    } else if (user != 0) {
                        to.users.add(user);
                    } else {
                        to.userGroups.add(row.getLong("user_group_id"));
                    }
                });
        return grants;
    }

    long count(Scope scope, RuleKind kind) {
        return jdbc.sql("SELECT COUNT(*) FROM access_rule WHERE scope = :scope AND scope_id = :id AND kind = :kind")
                .param("scope", scope.kind())
                .param("id", scope.id())
                .param("kind", kind.key())
                .query(Long.class)
                .single();
    }

    /** The new rule's id; empty when the scope has a rule of the pattern. */
    Optional<Long> insert(Scope scope, RuleKind kind, String pattern, long now) {
        return jdbc.sql("""
            INSERT INTO access_rule (scope, scope_id, kind, pattern, created_at, updated_at)
            VALUES (:scope, :id, :kind, :pattern, :now, :now) ON CONFLICT DO NOTHING RETURNING id
            """)
                .param("scope", scope.kind())
                .param("id", scope.id())
                .param("kind", kind.key())
                .param("pattern", pattern)
                .param("now", now)
                .query(Long.class)
                .optional();
    }

    /** Gives a rule another pattern; false when its scope has a rule of that pattern. */
    boolean rename(long ruleId, String pattern) {
        return jdbc.sql("""
            UPDATE access_rule SET pattern = :pattern WHERE id = :id AND NOT EXISTS (
              SELECT 1 FROM access_rule o WHERE o.scope = access_rule.scope AND o.scope_id = access_rule.scope_id
              AND o.kind = access_rule.kind AND o.pattern = :pattern AND o.id <> access_rule.id)
            """).param("pattern", pattern).param("id", ruleId).update() == 1;
    }

    /** Replaces what rules say about one action. */
    void set(long ruleId, Action action, long now) {
        jdbc.sql("UPDATE access_rule SET updated_at = :now WHERE id = :id")
                .param("now", now)
                .param("id", ruleId)
                .update();
        jdbc.sql("DELETE FROM access_rule_action WHERE rule_id = :id AND action = :action")
                .param("id", ruleId)
                .param("action", action.action().key())
                .update();
        jdbc.sql("""
            INSERT INTO access_rule_action (rule_id, action, enabled, force_push)
            VALUES (:id, :action, :enabled, :force)
            """)
                .param("id", ruleId)
                .param("action", action.action().key())
                .param("enabled", action.enabled())
                .param("force", action.forcePush())
                .update();
        action.users().forEach(user -> grant(ruleId, action, user, null, null));
        action.userGroups().forEach(group -> grant(ruleId, action, null, group, null));
        action.roles().forEach(role -> grant(ruleId, action, null, null, role.key()));
    }

    private void grant(
            long ruleId, Action action, @Nullable Long user, @Nullable Long userGroup, @Nullable String role) {
        jdbc.sql("""
            INSERT INTO access_rule_grant (rule_id, action, user_id, user_group_id, role)
            VALUES (:id, :action, CAST(:user AS BIGINT), CAST(:group AS BIGINT), CAST(:role AS TEXT))
            """)
                .param("id", ruleId)
                .param("action", action.action().key())
                .param("user", user)
                .param("group", userGroup)
                .param("role", role)
                .update();
    }

    void delete(Collection<Long> ruleIds) {
        jdbc.sql("DELETE FROM access_rule WHERE id IN (:ids)")
                .param("ids", ruleIds)
                .update();
    }
}
