package dev.granary.reviews;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.granary.access.AccessService;
import dev.granary.access.Role;
import dev.granary.kernel.Caller;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Scope;
import dev.granary.projects.Inheritance;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.Http;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What shuts a gate after a merge looked at it. The merge made its commits of what it saw then; a transaction that holds
 * the request keeps it from being decided on until the gate is shut.
 */
@OnBothDatabases
class MergeGateRaceTest {
    private static final long PATIENCE_SECONDS = 60;

    private final GranaryServer server;
    private final ReviewFixture reviews;
    private final Caller.User owner;
    private final Scope.Repository scope;
    private final long id;
    private final String head;

    MergeGateRaceTest(TestDatabase database) {
        server = GranaryServer.shared(database);
        reviews = new ReviewFixture(server);
        owner = server.caller(reviews.owner.name());
        scope = new Scope.Repository(reviews.repository.id());
        var request = reviews.request("feature");
        id = request.get("id").longValue();
        head = request.get("sha").asString();
    }

    /** Why a merge failed during which something happened; empty when it did not. */
    private Optional<Problem> mergedWhile(Caller.User merger, Runnable happens) throws Exception {
        assertThat(reviews.show(1).get("state").asString()).isEqualTo("opened");
        try (var thread = Executors.newSingleThreadExecutor()) {
            Future<Optional<Problem>> merge = Objects.requireNonNull(server.bean(TransactionTemplate.class)
                    .execute(_ -> {
                        server.bean(MergeRequestStore.class).holdOpen(id);
                        happens.run();
                        var before = packs();
                        var merging = thread.submit(() -> merge(merger));
                        await().until(() -> packs() > before);
                        return merging;
                    }));
            return merge.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
    }

    private Optional<Problem> merge(Caller.User merger) {
        try {
            server.bean(MergeService.class).merge(merger, scope.id(), 1, MergeOrder.USUAL);
            return Optional.empty();
        } catch (Problem problem) {
            return Optional.of(problem);
        }
    }

    /** The objects of a merge are stored before it is decided on. */
    private long packs() {
        try (var git = reviews.git();
                var files = Files.list(git.getDirectory().toPath().resolve("objects/pack"))) {
            return files.filter(file -> file.toString().endsWith(".pack")).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void refused(ErrorCode why, Runnable happens) throws Exception {
        refused(why, owner, happens);
    }

    private void refused(ErrorCode why, Caller.User merger, Runnable happens) throws Exception {
        var main = reviews.ref("refs/heads/main");
        assertThat(mergedWhile(merger, happens)).map(Problem::code).contains(why);
        assertThat(reviews.ref("refs/heads/main")).isEqualTo(main);
        assertThat(reviews.show(1).get("state").asString()).isEqualTo("opened");
    }

    private static Http.Answer ok(Http.Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isBetween(200, 204);
        return answer;
    }

    private void say(String state) {
        server.bean(PipelineService.class)
                .say(
                        owner,
                        scope.id(),
                        head,
                        new NewCommitStatus(state, "feature", null, null, null, null, null, null, null));
    }

    private static ApproverSettingBody approvals(@Nullable Integer least, boolean pipeline) {
        return new ApproverSettingBody(
                "main", "branch", true, null, least, null, null, null, null, null, pipeline, null, null, null);
    }

    @Test
    void aStatusOfItsCommitIsNoticed() throws Exception {
        server.bean(ApproverSettingService.class).create(owner, scope, approvals(null, true));
        say("success");
        refused(ErrorCode.MERGE_PIPELINE, () -> say("failed"));
        say("success");
        assertThat(merge(owner)).isEmpty();
    }

    @Test
    void aSettingOfItsProjectIsNoticed() throws Exception {
        refused(
                ErrorCode.MERGE_APPROVERS,
                () -> server.bean(ApproverSettingService.class)
                        .create(owner, new Scope.Project(reviews.project.id()), approvals(1, false)));
    }

    @Test
    void aSettingOfItsRepositoryIsNoticed() throws Exception {
        refused(ErrorCode.MERGE_BY_SELF, () -> change("disableMergeBySelf", true));
    }

    @Test
    void anotherMessageIsTaken() throws Exception {
        assertThat(mergedWhile(owner, () -> change("mergeCommitTemplate", "Meanwhile {source_branch}")))
                .isEmpty();
        try (var git = reviews.git();
                var walk = new org.eclipse.jgit.revwalk.RevWalk(git)) {
            assertThat(walk.parseCommit(git.resolve("main")).getFullMessage()).startsWith("Meanwhile");
        }
    }

    /** A change of the setting with one component of {@link MergeRequestSettingChange}. */
    private void change(String component, Object value) {
        var change = new tools.jackson.databind.json.JsonMapper()
                .convertValue(Map.of(component, value), MergeRequestSettingChange.class);
        server.bean(MergeRequestSettingService.class).update(owner, scope, change);
    }

    @Test
    void aDiscussionIsNoticed() throws Exception {
        change("onlyAllowMergeIfAllDiscussionsAreResolved", true);
        var discussions = server.bean(DiscussionService.class);
        refused(
                ErrorCode.MERGE_DISCUSSIONS_OPEN,
                () -> discussions.open(
                        owner,
                        discussions.requestToDiscuss(owner, scope.id(), 1),
                        new NewDiscussion("Wait", "major", null, null, null, null, null, null)));
    }

    @Test
    void anApprovalThatIsTakenBackIsNoticed() throws Exception {
        var approver = reviews.member(Role.COMMITTER);
        server.bean(ApproverSettingService.class).create(owner, scope, approvals(1, false));
        ok(reviews.http.put(
                reviews.path + "/merge-requests/1/approval-approvers", Map.of("approver_ids", "" + approver.id())));
        var approvals = server.bean(ApprovalService.class);
        approvals.approve(server.caller(approver.name()), scope.id(), 1, new ApprovalBody("approve", null));
        refused(
                ErrorCode.MERGE_APPROVERS,
                () -> approvals.approve(
                        server.caller(approver.name()), scope.id(), 1, new ApprovalBody("reset", null)));
    }

    @Test
    void aProtectedBranchIsNoticed() throws Exception {
        refused(ErrorCode.PROTECTED_BRANCH_MERGE, () -> {
            var jdbc = server.bean(JdbcClient.class);
            var rule = jdbc.sql("""
                INSERT INTO access_rule (scope, scope_id, kind, pattern, created_at, updated_at)
                VALUES ('repository', :id, 'branch', 'main', 1, 1) RETURNING id
                """).param("id", scope.id()).query(Long.class).single();
            jdbc.sql("INSERT INTO access_rule_action (rule_id, action, enabled) VALUES (:rule, 'merge', TRUE)")
                    .param("rule", rule)
                    .update();
            server.bean(Inheritance.class).own(scope, dev.granary.projects.SettingKind.PROTECTED_BRANCHES);
        });
    }

    @Test
    void aRoleThatIsTakenAwayIsNoticed() throws Exception {
        var merger = reviews.member(Role.COMMITTER);
        refused(
                ErrorCode.FORBIDDEN,
                server.caller(merger.name()),
                () -> server.bean(AccessService.class)
                        .assign(
                                server.admin().id(),
                                new Scope.Project(reviews.project.id()),
                                merger.id(),
                                Role.VIEWER));
    }

    @Test
    void whatChangesNothingForItHoldsItUpNoLongerThanAnotherTry() throws Exception {
        assertThat(mergedWhile(
                        owner,
                        () -> server.bean(ApproverSettingService.class)
                                .create(
                                        owner,
                                        scope,
                                        new ApproverSettingBody(
                                                "other", "branch", true, null, 1, null, null, null, null, null, null,
                                                null, null, List.of()))))
                .isEmpty();
        assertThat(reviews.show(1).get("state").asString()).isEqualTo("merged");
    }
}
