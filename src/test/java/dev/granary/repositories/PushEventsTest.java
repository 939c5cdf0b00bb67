package dev.granary.repositories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.events.Event;
import dev.granary.events.EventKind;
import dev.granary.events.EventLog;
import dev.granary.events.EventQuery;
import dev.granary.events.PushFacts;
import dev.granary.kernel.Caller;
import dev.granary.kernel.Slice;
import dev.granary.testing.Git;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.TestDatabase;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@OnBothDatabases
@SuppressWarnings("NullAway.Init")
class PushEventsTest {
    private static final String MASTER = "refs/heads/master";

    private final GranaryServer server;
    private final EventLog events;

    @TempDir
    Path scratch;

    PushEventsTest(TestDatabase database) {
        server = GranaryServer.shared(database);
        events = server.bean(EventLog.class);
    }

    /** The oldest first. */
    private List<Event> events(HostedRepository repository) {
        var all = new EventQuery(repository.id(), EnumSet.allOf(EventKind.class), null, null, null);
        return events.list(all, new Slice(0, Slice.MAXIMUM)).items().reversed().stream()
                .filter(event -> event.kind() == EventKind.PUSH || event.kind() == EventKind.TAG_PUSH)
                .toList();
    }

    private List<String> told(HostedRepository repository) {
        return events(repository).stream().map(this::told).toList();
    }

    private String told(Event event) {
        var facts = events.facts(event, PushFacts.class);
        return facts.ref() + " " + facts.before() + " " + facts.after() + (event.found() ? "?" : "")
                + (event.actorId() == null ? "" : " " + event.actorId());
    }

    private void report(
            HostedRepository repository, @Nullable String before, @Nullable String after, Caller.User mover) {
        server.bean(PushLog.class).moved(repository, List.of(new MovedRef(MASTER, before, after)), mover.id());
    }

    @Test
    void everyRefOfAPushIsTold() {
        var storage = new Storage(server, scratch);
        var repository = storage.repository();
        var url = server.url().replace("//", "//admin:" + GranaryServer.ADMIN_PASSWORD.replace(" ", "%20") + "@") + "/"
                + repository.fullPath() + ".git";
        var folder = scratch.resolve(GranaryServer.unique("push"));
        Git.in(scratch).ok("clone", "-q", url, folder.toString());
        var work = Git.in(folder);
        var one = work.commitFile("a", "a", "one");
        work.ok("push", "-q", "origin", "HEAD:master", "HEAD:refs/tags/v1");
        var two = work.commitFile("a", "b", "two");
        work.ok("push", "-q", "origin", "HEAD:master", ":refs/tags/v1");
        var admin = " " + server.admin().id();
        assertThat(told(repository))
                .containsExactlyInAnyOrder(
                        MASTER + " null " + one + admin,
                        "refs/tags/v1 null " + one + admin,
                        MASTER + " " + one + " " + two + admin,
                        "refs/tags/v1 " + one + " null" + admin);
        var first = events(repository).getFirst();
        assertThat(events.facts(first, PushFacts.class).refs()).isEqualTo(2);
        assertThat(first.projectId()).isEqualTo(repository.projectId());
        assertThat(events.since(repository.id(), first.id(), 100)).hasSize(3).doesNotContain(first);
        assertThat(events.recentPushes(server.admin().id(), repository.projectId(), 10))
                .hasSize(2)
                .allMatch(event -> event.kind() == EventKind.PUSH);
    }

    @Test
    void whatIsFoundIsToldOnceAlsoWhenItIsReportedLater() {
        var storage = new Storage(server, scratch);
        var repository = storage.repository();
        var index = server.bean(RefIndex.class);
        index.bringUpToDate(repository);
        var work = storage.work(repository);
        var commits = IntStream.range(0, 5)
                .mapToObj(number -> work.commitFile("a", "a" + number, "change"))
                .toList();
        var admin = " " + server.admin().id();
        work.ok("push", "-q", "origin", commits.get(0) + ":" + MASTER);
        index.bringUpToDate(repository);
        report(repository, null, commits.get(0), server.admin());
        work.ok("push", "-q", "origin", commits.get(1) + ":" + MASTER);
        index.bringUpToDate(repository);
        assertThat(told(repository).getLast()).isEqualTo(MASTER + " " + commits.get(0) + " " + commits.get(1) + "?");
        var uuid = events(repository).getLast().uuid();
        report(repository, commits.get(0), commits.get(1), server.admin());
        assertThat(told(repository).getLast()).isEqualTo(MASTER + " " + commits.get(0) + " " + commits.get(1) + admin);
        assertThat(events(repository)).hasSize(2).last().extracting(Event::uuid).isEqualTo(uuid);

        // Two that are found together are told apart when they are reported, the second one first.
        work.ok("push", "-q", "origin", commits.get(3) + ":" + MASTER);
        index.bringUpToDate(repository);
        report(repository, commits.get(2), commits.get(3), server.admin());
        report(repository, commits.get(1), commits.get(2), server.admin());
        assertThat(told(repository).subList(2, 4))
                .containsExactly(
                        MASTER + " " + commits.get(1) + " " + commits.get(2) + admin,
                        MASTER + " " + commits.get(2) + " " + commits.get(3) + admin);

        // The record of a later push comes first, and that of the earlier one never.
        work.ok("push", "-q", "origin", commits.get(4) + ":" + MASTER);
        var reset = commits.get(0);
        storage.bare(repository).ok("update-ref", MASTER, reset);
        report(repository, commits.get(4), reset, server.admin());
        assertThat(told(repository).subList(4, 6))
                .containsExactly(
                        MASTER + " " + commits.get(3) + " " + commits.get(4) + "?",
                        MASTER + " " + commits.get(4) + " " + reset + admin);
        index.bringUpToDate(repository);
        assertThat(events(repository)).hasSize(6);
    }

    @Test
    void thereIsAnEventOfEachOfTheFirstThousandRefsOfAPush() {
        var storage = new Storage(server, scratch);
        var repository = storage.repository();
        var commit = storage.work(repository).commitFile("a", "a", "one");
        var moves = IntStream.range(0, 1_003)
                .mapToObj(number -> new MovedRef("refs/heads/b" + number, null, commit))
                .toList();
        server.bean(PushLog.class).moved(repository, moves, null);
        var pushes = new EventQuery(repository.id(), EnumSet.of(EventKind.PUSH), null, null, null);
        var page = events.list(pushes, new Slice(0, 1));
        assertThat(page.total()).isEqualTo(1_000);
        assertThat(events.facts(page.items().getFirst(), PushFacts.class))
                .isEqualTo(new PushFacts("refs/heads/b999", null, commit, 1_003));
    }
}
