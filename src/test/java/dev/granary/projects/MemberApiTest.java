package dev.granary.projects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.access.AccessService;
import dev.granary.access.Permission;
import dev.granary.access.Role;
import dev.granary.access.Visibility;
import dev.granary.events.Event;
import dev.granary.events.EventKind;
import dev.granary.events.EventLog;
import dev.granary.identity.UserAccount;
import dev.granary.kernel.Scope;
import dev.granary.repositories.RepositoryService;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.Http;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.TestDatabase;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionTemplate;

@OnBothDatabases
class MemberApiTest {
    private final GranaryServer server;
    private final UserAccount manager;
    private final Http client;
    private final Project project;
    private final String path;

    MemberApiTest(TestDatabase database) {
        server = GranaryServer.shared(database);
        manager = server.newUser("manager");
        client = as(manager);
        project = server.bean(ProjectService.class)
                .create(server.caller(manager.name()), GranaryServer.unique("members"), "", "scrum");
        path = "/v4/projects/" + project.uuid();
    }

    @Test
    void addsAndListsMembersInPages() {
        var developer = server.newUser("developer");
        var viewer = server.newUser("viewer");
        var committer = server.newUser("committer");
        assertThat(client.post(path + "/members", users(developer, 4, viewer, 8))
                        .status())
                .isEqualTo(204);
        assertThat(client.post(path + "/member", Map.of("user_id", committer.uuid(), "role_id", 12, "domain_id", ""))
                        .status())
                .isEqualTo(204);

        var all = client.get(path + "/members?offset=0&limit=100").json();
        assertThat(all.propertyNames()).containsExactlyInAnyOrder("members", "total");
        assertThat(all.get("total").asInt()).isEqualTo(4);
        assertThat(all.get("members")
                        .valueStream()
                        .map(member -> member.get("user_id").asString() + " "
                                + member.get("role_id").asInt() + " "
                                + member.get("role_name").asString()))
                .containsExactlyInAnyOrder(
                        manager.uuid() + " 3 Project manager",
                        developer.uuid() + " 4 Developer",
                        viewer.uuid() + " 8 Viewer",
                        committer.uuid() + " 12 Committer");
        var first = all.get("members").get(0);
        assertThat(first.propertyNames())
                .containsExactlyInAnyOrder(
                        "domain_id",
                        "domain_name",
                        "user_id",
                        "user_name",
                        "user_num_id",
                        "role_id",
                        "role_name",
                        "nick_name",
                        "user_type",
                        "forbidden");
        assertThat(first.get("user_num_id").asLong()).isEqualTo(manager.id());
        assertThat(first.get("user_name").asString()).isEqualTo(manager.name());
        assertThat(first.get("forbidden").asInt()).isZero();

        var page = client.get(path + "/members?offset=3&limit=2").json();
        assertThat(page.get("total").asInt()).isEqualTo(4);
        assertThat(page.get("members")).hasSize(1);
    }

    @Test
    void addsAllOrNobody() {
        var known = server.newUser("known");
        var unknown = Map.of("user_id", "0".repeat(32), "role_id", 4);
        var answer = client.post(
                path + "/members", Map.of("users", List.of(Map.of("user_id", known.uuid(), "role_id", 4), unknown)));
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.errorCode()).isEqualTo("CH.090207");
        assertThat(answer.errorText())
                .isEqualTo("The parameter user_id is invalid: there is no user " + "0".repeat(32) + ".");
        assertThat(memberCount()).isEqualTo(1);

        add(known, 4);
        var again = client.post(path + "/members", users(server.newUser("fresh"), 4, known, 8));
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.errorCode()).isEqualTo("CH.090403");
        assertThat(memberCount()).isEqualTo(2);
        assertThat(role(known)).isEqualTo(4);
    }

    @Test
    void knowsNoUsersOfOtherAccounts() {
        var user = server.newUser("elsewhere");
        var answer = client.post(
                path + "/member", Map.of("user_id", user.uuid(), "role_id", 4, "domain_id", "f".repeat(32)));
        assertThat(answer.status()).isEqualTo(404);
        assertThat(memberCount()).isEqualTo(1);
    }

    @Test
    void changesRoles() {
        var one = server.newUser("one");
        var two = server.newUser("two");
        add(one, 8);
        add(two, 8);
        var body = Map.of("user_ids", List.of(one.uuid(), two.uuid()), "role_id", 3);
        assertThat(client.post(path + "/members/role", body).status()).isEqualTo(204);
        assertThat(role(one)).isEqualTo(3);
        assertThat(as(two).put(path, Map.of("description", "mine too")).status())
                .isEqualTo(204);
    }

    @Test
    void changesOnlyMembers() {
        var stranger = server.newUser("stranger");
        var ids = List.of(manager.uuid(), stranger.uuid());
        var change = client.post(path + "/members/role", Map.of("user_ids", ids, "role_id", 3));
        assertThat(change.status()).isEqualTo(404);
        assertThat(change.errorCode()).isEqualTo("CH.090203");
        var removal = client.send("DELETE", path + "/members", Map.of("user_ids", ids));
        assertThat(removal.status()).isEqualTo(404);
        assertThat(memberCount()).isEqualTo(1);
    }

    @Test
    void keepsTheLastManager() {
        var developer = server.newUser("developer");
        add(developer, 4);
        var own = List.of(manager.uuid());
        var refusals = List.of(
                client.send("DELETE", path + "/members", Map.of("user_ids", own)),
                client.send("DELETE", path + "/members", Map.of("user_ids", List.of(developer.uuid(), manager.uuid()))),
                client.post(path + "/members/role", Map.of("user_ids", own, "role_id", 4)),
                client.delete(path + "/quit"));
        assertThat(refusals).allSatisfy(refusal -> {
            assertThat(refusal.status()).isEqualTo(409);
            assertThat(refusal.errorCode()).isEqualTo("CH.090404");
        });
        assertThat(memberCount()).isEqualTo(2);
        assertThat(role(manager)).isEqualTo(3);
    }

    @Test
    void keepsOneOfTwoManagersWhoLeaveAtOnce() throws Exception {
        for (var round = 0; round < 5; round++) {
            var other = server.newUser("second");
            add(other, 3);
            var quits = List.<Callable<Integer>>of(
                    () -> client.delete(path + "/quit").status(),
                    () -> as(other).delete(path + "/quit").status());
            try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
                var statuses = executor.invokeAll(quits).stream()
                        .map(future -> future.resultNow())
                        .toList();
                assertThat(statuses).containsExactlyInAnyOrder(204, 409);
            }
            if (client.get(path).status() == 404) {
                assertThat(as(other)
                                .post(path + "/member", Map.of("user_id", manager.uuid(), "role_id", 3))
                                .status())
                        .isEqualTo(204);
                assertThat(as(other).delete(path + "/quit").status()).isEqualTo(204);
            }
        }
    }

    @Test
    void membersLeaveAndLoseTheRepositoriesToo() {
        var developer = server.newUser("developer");
        add(developer, 4);
        var repository = server.bean(RepositoryService.class)
                .create(server.caller(manager.name()), project, "code", "", Visibility.PRIVATE.level());
        var scope = new Scope.Repository(repository.id());
        var access = server.bean(AccessService.class);
        server.bean(TransactionTemplate.class)
                .executeWithoutResult(_ -> access.assign(server.admin().id(), scope, developer.id(), Role.COMMITTER));
        assertThat(access.allows(server.caller(developer.name()), scope, Permission.COMMIT))
                .isTrue();

        assertThat(as(developer).delete(path + "/quit").status()).isEqualTo(204);
        assertThat(server.bean(EventLog.class).since(repository.id(), 0, 100).getLast())
                .extracting(Event::kind, Event::actorId)
                .containsExactly(EventKind.MEMBER_REMOVED, developer.id());
        assertThat(access.permissions(server.caller(developer.name()), scope)).isEmpty();
        assertThat(as(developer).get(path).status()).isEqualTo(404);
    }

    @Test
    void removesMembers() {
        var one = server.newUser("one");
        var two = server.newUser("two");
        add(one, 4);
        add(two, 8);
        assertThat(client.send("DELETE", path + "/members", Map.of("user_ids", List.of(one.uuid(), two.uuid())))
                        .status())
                .isEqualTo(204);
        assertThat(memberCount()).isEqualTo(1);
        assertThat(as(one).get(path).status()).isEqualTo(404);
    }

    @Test
    void administratorsActAsManagersWithoutBeingMembers() {
        var admin = server.asAdmin();
        var user = server.newUser("added");
        assertThat(admin.get(path + "/user-role").json().get("user_role").asInt())
                .isEqualTo(3);
        assertThat(admin.post(path + "/member", Map.of("user_id", user.uuid(), "role_id", 8))
                        .status())
                .isEqualTo(204);
        assertThat(admin.delete(path + "/quit").errorCode()).isEqualTo("CH.090203");
    }

    private Http as(UserAccount user) {
        return server.http(user.name(), GranaryServer.PASSWORD);
    }

    private void add(UserAccount user, int roleId) {
        assertThat(server.asAdmin()
                        .post(path + "/member", Map.of("user_id", user.uuid(), "role_id", roleId))
                        .status())
                .isEqualTo(204);
    }

    private static Map<String, Object> users(UserAccount one, int oneRole, UserAccount two, int twoRole) {
        return Map.of(
                "users",
                List.of(
                        Map.of("user_id", one.uuid(), "role_id", oneRole),
                        Map.of("user_id", two.uuid(), "role_id", twoRole)));
    }

    private int memberCount() {
        return client.get(path + "/members").json().get("total").asInt();
    }

    private int role(UserAccount user) {
        return as(user).get(path + "/user-role").json().get("user_role").asInt();
    }
}
