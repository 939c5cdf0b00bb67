package dev.granary.reviews;

import dev.granary.kernel.Scope;
import dev.granary.reviews.ApproverSetting.Listing;
import dev.granary.storage.RecordMapper;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Who must have seen merge requests, as each scope says for itself. */
@Component
class ApproverSettingStore {
    private static final RecordMapper<Row> ROW = RecordMapper.of(Row.class);
    private static final RecordMapper<Listed> LISTED = RecordMapper.of(Listed.class);
    private static final String BRANCH = "branch";

    private final JdbcClient jdbc;

    ApproverSettingStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private record Row(
            long id,
            String target,
            boolean useApproval,
            int requiredReviewers,
            int requiredApprovers,
            boolean resetApprovalsOnPush,
            boolean resetReviewersOnPush,
            boolean approversFromProject,
            boolean onlyMergeWhenPipelinePass) {

        ApproverSetting with(Map<Listing, List<Long>> people) {
            return new ApproverSetting(
                    id,
                    target,
                    useApproval,
                    requiredReviewers,
                    requiredApprovers,
                    resetApprovalsOnPush,
                    resetReviewersOnPush,
                    approversFromProject,
                    onlyMergeWhenPipelinePass,
                    people);
        }
    }

    private record Listed(long settingId, String part, long userId) {}

    /** All of a scope, oldest first. There are few. */
    List<ApproverSetting> all(Scope scope) {
        var rows = jdbc.sql("SELECT * FROM approver_setting WHERE scope = :scope AND scope_id = :id ORDER BY id")
                .param("scope", scope.kind())
                .param("id", scope.id())
                .query(ROW)
                .list();
        if (rows.isEmpty()) {
            return List.of();
        }
        var people = new HashMap<Long, Map<Listing, List<Long>>>();
        for (var listed : jdbc.sql("""
            SELECT p.setting_id, p.part, p.user_id
            FROM approver_setting s JOIN approver_setting_person p ON p.setting_id = s.id
            WHERE s.scope = :scope AND s.scope_id = :id ORDER BY p.user_id
            """)
                .param("scope", scope.kind())
                .param("id", scope.id())
                .query(LISTED)
                .list()) {
            people.computeIfAbsent(listed.settingId(), _ -> new EnumMap<>(Listing.class))
                    .computeIfAbsent(Listing.ofKey(listed.part()), _ -> new ArrayList<>())
                    .add(listed.userId());
        }
        return rows.stream()
                .map(row -> row.with(people.getOrDefault(row.id(), Map.of())))
                .toList();
    }

    Optional<ApproverSetting> find(Scope scope, long id) {
        return all(scope).stream().filter(setting -> setting.id() == id).findFirst();
    }

    /** The new row's id; empty when the scope has one of the target. */
    Optional<Long> insert(Scope scope, ApproverSetting setting, long now) {
        var id = with(jdbc.sql("""
            INSERT INTO approver_setting (scope, scope_id, target_type, target, use_approval, required_reviewers,
              required_approvers, reset_approvals_on_push, reset_reviewers_on_push, approvers_from_project,
              only_merge_when_pipeline_pass, created_at, updated_at)
            VALUES (:scope, :scopeId, :type, :target, :approval, :reviewers, :approvers, :resetApprovals,
              :resetReviewers, :onlyListed, :pipeline, :now, :now)
            ON CONFLICT DO NOTHING RETURNING id
            """), scope, setting, now).query(Long.class).optional();
        id.ifPresent(made -> setPeople(made, setting.people()));
        return id;
    }

    /** False when the scope has another one of the target. */
    boolean update(Scope scope, ApproverSetting setting, long now) {
        var changed = with(jdbc.sql("""
            UPDATE approver_setting SET target = :target, use_approval = :approval, required_reviewers = :reviewers,
              required_approvers = :approvers, reset_approvals_on_push = :resetApprovals,
              reset_reviewers_on_push = :resetReviewers, approvers_from_project = :onlyListed,
              only_merge_when_pipeline_pass = :pipeline, updated_at = :now
            WHERE id = :id AND scope = :scope AND scope_id = :scopeId AND NOT EXISTS (
              SELECT 1 FROM approver_setting o WHERE o.scope = :scope AND o.scope_id = :scopeId
                AND o.target_type = :type AND o.target = :target AND o.id <> :id)
            """), scope, setting, now)
                        .param("id", setting.id())
                        .update()
                == 1;
        if (changed) {
            jdbc.sql("DELETE FROM approver_setting_person WHERE setting_id = :id")
                    .param("id", setting.id())
                    .update();
            setPeople(setting.id(), setting.people());
        }
        return changed;
    }

    private static JdbcClient.StatementSpec with(
            JdbcClient.StatementSpec statement, Scope scope, ApproverSetting setting, long now) {
        return statement
                .param("scope", scope.kind())
                .param("scopeId", scope.id())
                .param("type", BRANCH)
                .param("target", setting.target())
                .param("approval", setting.useApproval())
                .param("reviewers", setting.requiredReviewers())
                .param("approvers", setting.requiredApprovers())
                .param("resetApprovals", setting.resetApprovalsOnPush())
                .param("resetReviewers", setting.resetReviewersOnPush())
                .param("onlyListed", setting.onlyListed())
                .param("pipeline", setting.onlyMergeWhenPipelinePass())
                .param("now", now);
    }

    private void setPeople(long id, Map<Listing, List<Long>> people) {
        people.forEach((listing, users) -> {
            for (var user : users) {
                jdbc.sql("INSERT INTO approver_setting_person (setting_id, part, user_id) VALUES (:id, :part, :user)")
                        .param("id", id)
                        .param("part", listing.key())
                        .param("user", user)
                        .update();
            }
        });
    }

    boolean delete(Scope scope, long id) {
        return jdbc.sql("DELETE FROM approver_setting WHERE id = :id AND scope = :scope AND scope_id = :scopeId")
                        .param("id", id)
                        .param("scope", scope.kind())
                        .param("scopeId", scope.id())
                        .update()
                == 1;
    }
}
