package dev.granary.repositories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.kernel.Scope;
import dev.granary.projects.Project;
import dev.granary.projects.ProjectService;
import dev.granary.testing.Git;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.Groups;
import dev.granary.testing.Http;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.TestDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Groups and repositories that move while others are at work in them. */
@OnBothDatabases
@SuppressWarnings("NullAway.Init")
class ConcurrentMovesTest {
    private static final String FETCH = ".git/info/refs?service=git-upload-pack";

    private final GranaryServer server;
    private final Http admin;
    private final Project project;

    @TempDir
    Path folder;

    ConcurrentMovesTest(TestDatabase database) {
        server = GranaryServer.shared(database);
        admin = server.asAdmin();
        project = server.bean(ProjectService.class).create(server.admin(), GranaryServer.unique("moves"), "", "scrum");
    }

    /** Runs tasks at the same time; fails with the first that does. */
    private static <T> List<T> together(List<Callable<T>> tasks) throws Exception {
        var start = new CountDownLatch(1);
        var results = new ArrayList<T>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = new ArrayList<Future<T>>();
            for (var task : tasks) {
                running.add(threads.submit(() -> {
                    start.await();
                    return task.call();
                }));
            }
            start.countDown();
            for (var task : running) {
                results.add(task.get());
            }
        }
        return results;
    }

    private String path(Scope.Group group) {
        return server.bean(JdbcClient.class)
                .sql("SELECT path FROM code_group WHERE id = :id")
                .param("id", group.id())
                .query(String.class)
                .single();
    }

    private HostedRepository repository(long id) {
        return server.bean(RepositoryStore.class).byId(id).orElseThrow();
    }

    private Http.Answer create(Scope.Group group, String name) {
        return admin.post(
                "/v1/repositories",
                Map.of("name", name, "project_uuid", project.uuid(), "group_id", group.id(), "enable_readme", 1));
    }

    private Http.Answer transfer(HostedRepository repository, Scope.Group to) {
        return admin.post(
                "/v4/repositories/" + repository.id() + "/transfer", Map.of("namespace", Long.toString(to.id())));
    }

    @Test
    void aGroupIsRenamedAndMovedWhileRepositoriesAreMadeAndPushedTo() throws Exception {
        var outer = Groups.create(admin, project.uuid(), null);
        var group = Groups.create(admin, project.uuid(), null);
        var first = path(group);
        assertThat(create(group, "tools").status()).isEqualTo(200);
        var url = server.url().replace("//", "//admin:" + GranaryServer.ADMIN_PASSWORD.replace(" ", "%20") + "@") + "/"
                + first + "/tools.git";
        Git.in(folder).ok("clone", "-q", url, "work");
        var work = Git.in(folder.resolve("work"));

        var made = new ConcurrentLinkedQueue<String>();
        var tasks = new ArrayList<Callable<Integer>>();
        tasks.add(() -> {
            for (var turn = 0; turn < 8; turn++) {
                var body = Map.of("name", GranaryServer.unique("renamed"), "parent_id", turn % 2 == 0 ? outer.id() : 0);
                var moved = admin.put("/v4/groups/" + group.id(), body);
                assertThat(moved.status()).as("%s", moved).isEqualTo(200);
            }
            return 0;
        });
        for (var maker = 0; maker < 2; maker++) {
            tasks.add(() -> {
                for (var turn = 0; turn < 6; turn++) {
                    var name = GranaryServer.unique("made");
                    var answer = create(group, name);
                    assertThat(answer.status()).as("%s", answer).isEqualTo(200);
                    made.add(name);
                }
                return 0;
            });
        }
        tasks.add(() -> {
            for (var turn = 0; turn < 4; turn++) {
                work.commitFile("a.txt", Integer.toString(turn), "Turn " + turn);
                work.ok("push", "-q", "origin", "HEAD");
            }
            return 0;
        });
        together(tasks);

        var last = path(group);
        assertThat(made).hasSize(12);
        made.add("tools");
        for (var name : made) {
            assertThat(admin.get("/" + last + "/" + name + FETCH).status())
                    .as(name)
                    .isEqualTo(200);
        }
        assertThat(admin.get("/" + first + "/tools" + FETCH).header("Location"))
                .isEqualTo("/" + last + "/tools" + FETCH);
        assertThat(work.ok("ls-remote", "origin", "HEAD")).startsWith(work.ok("rev-parse", "HEAD"));
    }

    @Test
    void ofTwoTransfersAtOnceBothOrOneHappen() throws Exception {
        var one = Groups.create(admin, project.uuid(), null);
        var other = Groups.create(admin, project.uuid(), null);
        var ids = new ArrayList<Long>();
        for (var group : List.of(one, other)) {
            var made = create(group, "twin");
            ids.add(server.bean(RepositoryStore.class)
                    .byUuid(made.result().get("repository_uuid").asString())
                    .orElseThrow()
                    .id());
        }
        for (var round = 0; round < 4; round++) {
            // The same repository to two places: it is in one of them, and both addresses lead to it.
            var mine = repository(ids.getFirst());
            var third = Groups.create(admin, project.uuid(), null);
            var fourth = Groups.create(admin, project.uuid(), null);
            var answers =
                    together(List.<Callable<Http.Answer>>of(() -> transfer(mine, third), () -> transfer(mine, fourth)));
            assertThat(answers)
                    .allSatisfy(answer ->
                            assertThat(answer.status()).as("%s", answer).isEqualTo(200));
            var now = repository(mine.id());
            assertThat(now.fullPath()).isIn(path(third) + "/twin", path(fourth) + "/twin");
            assertThat(admin.get("/" + now.fullPath() + FETCH).status()).isEqualTo(200);
            assertThat(admin.get("/" + mine.fullPath() + FETCH).header("Location"))
                    .isEqualTo("/" + now.fullPath() + FETCH);

            // Two of one name to the same place: one gets there.
            var target = Groups.create(admin, project.uuid(), null);
            var others = ids.stream().map(this::repository).toList();
            var twins = together(others.stream()
                    .<Callable<Http.Answer>>map(twin -> () -> transfer(twin, target))
                    .toList());
            assertThat(twins.stream().map(Http.Answer::status)).containsExactlyInAnyOrder(200, 409);
            assertThat(twins.stream()
                            .filter(answer -> answer.status() == 409)
                            .findFirst()
                            .orElseThrow()
                            .errorCode())
                    .isEqualTo("CH.090501");
        }
    }

    @Test
    void twoGroupsAreNotMovedIntoEachOther() throws Exception {
        for (var round = 0; round < 4; round++) {
            var one = Groups.create(admin, project.uuid(), null);
            var other = Groups.create(admin, project.uuid(), null);
            var answers = together(List.<Callable<Http.Answer>>of(
                    () -> admin.put("/v4/groups/" + one.id(), Map.of("parent_id", other.id())),
                    () -> admin.put("/v4/groups/" + other.id(), Map.of("parent_id", one.id()))));
            assertThat(answers.stream().filter(answer -> answer.status() == 200))
                    .hasSize(1);
            assertThat(answers.stream().map(Http.Answer::status)).allMatch(status -> status < 500);
            assertThat(path(one).split("/").length + path(other).split("/").length)
                    .isEqualTo(5);
        }
    }
}
