package dev.granary.remotes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.granary.projects.Project;
import dev.granary.projects.ProjectService;
import dev.granary.remotes.RefMove.Outcome;
import dev.granary.remotes.RemoteFailure.Reason;
import dev.granary.repositories.HostedRepository;
import dev.granary.repositories.RepositoryService;
import dev.granary.testing.Git;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.SshIdentity;
import dev.granary.testing.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fetches from and pushes to real servers: native git over HTTP, Granary over HTTP and SSH. */
class RemoteGitTest {
    static final RemoteLimits LIMITS =
            new RemoteLimits(1L << 30, 1_000_000, 10_000, Duration.ofMinutes(2), Duration.ofSeconds(20));

    private static GranaryServer server;
    private static Project project;

    @TempDir
    Path folder;

    private GitBackend backend;
    private Git work;
    private HostedRepository mirror;

    @BeforeAll
    static void start() {
        server = GranaryServer.start(TestDatabase.SQLITE, "--granary.outbound-allow=127.0.0.0/8");
        project =
                server.bean(ProjectService.class).create(server.admin(), GranaryServer.unique("remotes"), "", "scrum");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void prepare() throws IOException {
        backend = new GitBackend(folder);
        Git.in(folder).ok("init", "-q", "--bare", "-b", "trunk", "origin.git");
        Git.in(folder).ok("init", "-q", "-b", "trunk", "work");
        work = Git.in(folder.resolve("work"));
        work.ok("remote", "add", "origin", folder.resolve("origin.git").toString());
        work.commitFile("a.txt", "1", "One");
        work.ok("tag", "-a", "v1", "-m", "first");
        work.ok("branch", "side");
        work.ok("push", "-q", "origin", "trunk", "side", "v1", "trunk:refs/pull/1/head");
        mirror = repository();
    }

    @AfterEach
    void close() {
        backend.close();
    }

    private static HostedRepository repository() {
        return server.bean(RepositoryService.class)
                .create(server.admin(), project, GranaryServer.unique("mirror"), "", 0);
    }

    private static RemoteGit remotes() {
        return server.bean(RemoteGit.class);
    }

    private Remote origin() {
        return new Remote(backend.url("origin.git"), RemoteCredentials.NONE);
    }

    private static FetchOrder order(boolean prune, boolean force) {
        return new FetchOrder(List.of(), false, prune, force, LIMITS);
    }

    private SyncResult fetch(FetchOrder order) throws RemoteFailure {
        return remotes().fetch(mirror, origin(), order, TransferProgress.NONE);
    }

    static Reason reason(Failing action) {
        try {
            action.run();
        } catch (RemoteFailure failure) {
            return failure.reason();
        }
        throw new AssertionError("nothing failed");
    }

    /** Something that a remote makes fail. */
    @FunctionalInterface
    interface Failing {
        void run() throws RemoteFailure;
    }

    private Git bare() {
        return Git.in(folder(mirror));
    }

    private static Path folder(HostedRepository repository) {
        var uuid = repository.uuid();
        return server.dataFolder()
                .resolve("repositories")
                .resolve(uuid.substring(0, 2))
                .resolve(uuid.substring(2, 4))
                .resolve(uuid + ".git");
    }

    private String refs() {
        return bare().ok("for-each-ref", "--format=%(refname) %(objectname)", "refs");
    }

    private String originRefs() {
        return Git.in(folder.resolve("origin.git"))
                .ok("for-each-ref", "--format=%(refname) %(objectname)", "refs/heads", "refs/tags");
    }

    @Test
    void followsARemoteFromTheFirstSyncOn() throws Exception {
        var first = fetch(order(true, false));
        assertThat(first.moves())
                .extracting(RefMove::ref, RefMove::outcome)
                .containsExactly(
                        tuple("refs/heads/side", Outcome.CREATED),
                        tuple("refs/heads/trunk", Outcome.CREATED),
                        tuple("refs/tags/v1", Outcome.CREATED));
        assertThat(first.remoteDefaultBranch()).contains("trunk");
        assertThat(first.remoteRefs()).isEqualTo(3);
        assertThat(refs()).isEqualTo(originRefs());
        assertThat(bare().ok("symbolic-ref", "HEAD")).isEqualTo("refs/heads/trunk");
        bare().ok("fsck", "--strict");
        var seen = server.bean(RepositoryService.class)
                .requireByUuid(server.admin(), mirror.uuid(), dev.granary.access.Permission.VIEW);
        assertThat(seen.defaultBranch()).isEqualTo("trunk");

        backend.requests();
        assertThat(fetch(order(true, false)).moves()).isEmpty();
        assertThat(backend.requests()).containsExactly("GET /origin.git/info/refs", "POST /origin.git/git-upload-pack");

        work.commitFile("b.txt", "2", "Two");
        work.ok("push", "-q", "origin", "trunk", "trunk:side/ways", ":side", ":refs/tags/v1");
        var second = fetch(order(true, false));
        assertThat(second.moves())
                .extracting(RefMove::ref, RefMove::outcome)
                .containsExactly(
                        tuple("refs/heads/side", Outcome.DELETED),
                        tuple("refs/heads/side/ways", Outcome.CREATED),
                        tuple("refs/heads/trunk", Outcome.UPDATED),
                        tuple("refs/tags/v1", Outcome.DELETED));
        assertThat(refs()).isEqualTo(originRefs());
        assertThat(second.bytes()).isLessThan(10_000);
    }

    @Test
    void leavesRewrittenHistoryAloneUnlessForced() throws Exception {
        fetch(order(true, false));
        work.ok("commit", "-q", "--amend", "-m", "Other");
        work.ok("push", "-q", "-f", "origin", "trunk");
        var before = refs();
        for (int time = 0; time < 2; time++) {
            backend.requests();
            assertThat(fetch(order(true, false)).moves())
                    .extracting(RefMove::ref, RefMove::outcome)
                    .containsExactly(tuple("refs/heads/trunk", Outcome.DIVERGED));
            assertThat(refs()).isEqualTo(before);
        }
        assertThat(backend.requests())
                .as("what came before does not come again")
                .hasSize(2);
        assertThat(fetch(order(true, true)).moves())
                .extracting(RefMove::ref, RefMove::outcome)
                .containsExactly(tuple("refs/heads/trunk", Outcome.FORCED));
        assertThat(refs()).isEqualTo(originRefs());
    }

    @Test
    void takesOnlyWhatIsAskedForAndNeverDropsTheDefaultBranch() throws Exception {
        var only = new FetchOrder(List.of(), true, true, true, LIMITS);
        assertThat(fetch(only).moves()).extracting(RefMove::ref).containsExactly("refs/heads/trunk");
        var some = new FetchOrder(
                List.of("+refs/heads/*:refs/heads/*", "^refs/heads/tr*", "refs/pull/*"), false, true, true, LIMITS);
        assertThat(fetch(some).moves()).extracting(RefMove::ref).containsExactly("refs/heads/side");

        work.ok("push", "-q", "origin", ":side");
        Git.in(folder.resolve("origin.git")).ok("update-ref", "-d", "refs/heads/trunk");
        assertThat(fetch(order(true, false)).moves())
                .extracting(RefMove::ref, RefMove::outcome, RefMove::reason)
                .containsExactly(
                        tuple("refs/heads/side", Outcome.DELETED, null),
                        tuple("refs/heads/trunk", Outcome.REFUSED, "default-branch"),
                        tuple("refs/tags/v1", Outcome.CREATED, null));
        Git.in(folder.resolve("origin.git")).ok("update-ref", "-d", "refs/tags/v1");
        assertThat(fetch(order(true, false)).moves())
                .as("a remote that has lost everything")
                .isEmpty();
    }

    /** Stops a transfer once refs have moved. */
    private static final class UntilRefsMove implements TransferProgress {
        private final CountDownLatch stopped = new CountDownLatch(2);
        private volatile int moved;

        @Override
        public void phase(String name) {}

        @Override
        public void received(long bytes) {}

        @Override
        public void objects(long done, long total) {}

        @Override
        public void moved(int refs) {
            moved = refs;
            try {
                // Who asks for the second time has acted upon the first answer.
                stopped.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public boolean cancelled() {
            if (moved > 0) {
                stopped.countDown();
            }
            return moved > 0;
        }
    }

    @Test
    void goesOnWhereAnEarlierTransferBrokeOff() throws Exception {
        work.ok("config", "gc.auto", "0");
        for (int version = 2; version <= 12; version++) {
            Files.writeString(folder.resolve("work/version"), "x".repeat(version));
            work.ok("add", "version");
            work.ok("commit", "-q", "-m", "Version " + version);
            work.ok("tag", "v" + version);
        }
        work.ok("push", "-q", "origin", "--tags", "trunk");
        var until = new UntilRefsMove();
        assertThat(reason(() -> remotes().fetch(mirror, origin(), order(true, true), until)))
                .isEqualTo(Reason.CANCELLED);
        assertThat(refs().lines().map(line -> line.replaceFirst(" .*", "")).toList())
                .hasSize(until.moved)
                .contains("refs/tags/v8")
                .doesNotContain("refs/tags/v9", "refs/tags/v10", "refs/heads/trunk");
        bare().ok("fsck", "--strict");

        backend.requests();
        var rest = fetch(order(true, true));
        assertThat(rest.moves()).hasSize(14 - until.moved).allMatch(RefMove::moved);
        assertThat(rest.moves()).extracting(RefMove::ref).doesNotContain("refs/tags/v8");
        assertThat(refs()).isEqualTo(originRefs());
        bare().ok("fsck", "--strict");
        assertThat(bare().ok("rev-list", "--all", "--objects", "--count"))
                .as("nothing came twice")
                .isEqualTo(bare().ok("count-objects", "-v").replaceAll("(?s).*in-pack: (\\d+).*", "$1"));
    }

    @Test
    void followsRedirectsToWhereTheRepositoryIs() throws Exception {
        var here = backend.url("origin.git") + "/info/refs?service=git-upload-pack";
        try (var moved = new RawServer(
                (_, out) -> out.write(("HTTP/1.1 301 Moved\r\nLocation: " + here + "\r\nContent-Length: 0\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII)))) {
            var remote = new Remote(moved.url(), RemoteCredentials.NONE);
            assertThat(remotes()
                            .fetch(mirror, remote, order(true, true), TransferProgress.NONE)
                            .moves())
                    .hasSize(3);
            assertThat(refs()).isEqualTo(originRefs());
        }
    }

    @Test
    void saysWhatIsWrongWithTheAddressOrTheCredentials() {
        backend.require("right");
        assertThat(reason(() -> remotes().advertised(origin(), LIMITS))).isEqualTo(Reason.AUTHENTICATION);
        var wrong = new Remote(origin().url(), new RemoteCredentials.Password("someone", "wrong-secret"));
        assertThat(reason(() -> remotes().fetch(mirror, wrong, order(true, true), TransferProgress.NONE)))
                .isEqualTo(Reason.AUTHENTICATION);
        assertThat(wrong.toString()).doesNotContain("wrong-secret");
        var none = new Remote(
                backend.url("none.git").replace("//", "//user:secret@"),
                new RemoteCredentials.Password("someone", "right"));
        assertThat(reason(() -> remotes().advertised(none, LIMITS))).isEqualTo(Reason.NOT_FOUND);
        assertThat(none.toString()).doesNotContain("secret");
        assertThat(reason(() -> remotes()
                        .advertised(new Remote("http://no-such-host.invalid/r", RemoteCredentials.NONE), LIMITS)))
                .isEqualTo(Reason.UNKNOWN_HOST);
        assertThat(reason(
                        () -> remotes().advertised(new Remote("http://[::1]:8080/r", RemoteCredentials.NONE), LIMITS)))
                .isEqualTo(Reason.ADDRESS_FORBIDDEN);
        backend.close();
        assertThat(reason(() -> remotes().advertised(origin(), LIMITS))).isEqualTo(Reason.UNREACHABLE);
    }

    @Test
    void fetchesFromAndPushesToAnotherGranary() throws Exception {
        fetch(order(true, true));
        var target = repository();
        var remote = new Remote(
                server.url() + "/" + target.fullPath() + ".git",
                new RemoteCredentials.Password("admin", GranaryServer.ADMIN_PASSWORD));
        var pushed =
                remotes().push(mirror, remote, new PushOrder(List.of(), true, false, LIMITS), TransferProgress.NONE);
        assertThat(pushed.moves()).hasSize(3).allMatch(RefMove::moved);
        assertThat(Git.in(folder(target)).ok("for-each-ref", "--format=%(refname) %(objectname)"))
                .isEqualTo(refs());

        var third = repository();
        var fetched = remotes().fetch(third, remote, order(true, true), TransferProgress.NONE);
        assertThat(fetched.moves()).hasSize(3).allMatch(RefMove::moved);
        assertThat(fetched.remoteDefaultBranch()).isPresent();

        work.ok("commit", "-q", "--amend", "-m", "Other");
        work.ok("push", "-q", "-f", "origin", "trunk", ":side", ":refs/tags/v1");
        fetch(order(true, true));
        var again =
                remotes().push(mirror, remote, new PushOrder(List.of(), true, false, LIMITS), TransferProgress.NONE);
        assertThat(again.moves())
                .extracting(RefMove::ref, RefMove::outcome, RefMove::reason)
                .as("side became the default branch there: it comes first by name")
                .containsExactly(
                        tuple("refs/heads/side", Outcome.REFUSED, "remote"),
                        tuple("refs/heads/trunk", Outcome.DIVERGED, null),
                        tuple("refs/tags/v1", Outcome.DELETED, null));
        var forced =
                remotes().push(mirror, remote, new PushOrder(List.of(), true, true, LIMITS), TransferProgress.NONE);
        assertThat(forced.moves())
                .filteredOn(RefMove::moved)
                .extracting(RefMove::ref, RefMove::outcome)
                .containsExactly(tuple("refs/heads/trunk", Outcome.FORCED));
    }

    @Test
    void speaksSshAndRemembersTheHostKey() throws Exception {
        fetch(order(true, true));
        var identity = SshIdentity.make(folder, "ed25519");
        var added = server.http("admin", GranaryServer.ADMIN_PASSWORD)
                .post("/v4/user/keys", Map.of("title", GranaryServer.unique("key"), "key", identity.publicKey()));
        assertThat(added.status()).isLessThan(300);
        var target = repository();
        var url = "ssh://git@127.0.0.1:" + server.sshPort() + "/" + target.fullPath() + ".git";
        var key = new RemoteCredentials.SshKey(identity.privateKey(), null);
        var pushed = remotes()
                .push(
                        mirror,
                        new Remote(url, key),
                        new PushOrder(List.of(), true, false, LIMITS),
                        TransferProgress.NONE);
        assertThat(pushed.moves()).hasSize(3).allMatch(RefMove::moved);
        var hostKey = pushed.hostKey().orElseThrow();
        assertThat(hostKey).matches("(ssh|ecdsa)-[a-z0-9-]+ AAAA\\S+");

        var copy = repository();
        var fetched = remotes()
                .fetch(copy, new Remote(url, key, hostKey + " a comment"), order(true, true), TransferProgress.NONE);
        assertThat(fetched.moves()).hasSize(3).allMatch(RefMove::moved);
        assertThat(Git.in(folder(copy)).ok("for-each-ref", "--format=%(refname) %(objectname)"))
                .isEqualTo(refs());
        assertThat(remotes()
                        .fetch(copy, new Remote(url, key, hostKey), order(true, true), TransferProgress.NONE)
                        .moves())
                .isEmpty();

        var second = server.dataFolder().resolve("secrets/ssh_host_ed25519_key").toString();
        var secondKey = Git.in(folder)
                .program(List.of("ssh-keygen", "-y", "-f", second))
                .ok()
                .out();
        assertThat(remotes().advertised(new Remote(url, key, secondKey), LIMITS).hostKey())
                .as("a server with several keys shows the one that is known")
                .hasValueSatisfying(shown -> assertThat(secondKey).startsWith(shown));
        var other = hostKey.substring(0, hostKey.length() - 4) + "AAAA";
        assertThat(reason(() -> remotes().advertised(new Remote(url, key, other), LIMITS)))
                .isEqualTo(Reason.HOST_KEY_CHANGED);
        var stranger = SshIdentity.make(folder, "ed25519").privateKey();
        assertThat(reason(() ->
                        remotes().advertised(new Remote(url, new RemoteCredentials.SshKey(stranger, null)), LIMITS)))
                .isEqualTo(Reason.AUTHENTICATION);
        assertThat(reason(() ->
                        remotes().advertised(new Remote(url, new RemoteCredentials.SshKey("no key", null)), LIMITS)))
                .isEqualTo(Reason.AUTHENTICATION);
        assertThat(reason(() -> remotes().advertised(new Remote(url.replace(".git", "x.git"), key), LIMITS)))
                .isIn(Reason.NOT_FOUND, Reason.REFUSED);
        assertThat(reason(() -> remotes().advertised(new Remote(url.replace("127.0.0.1", "[::1]"), key), LIMITS)))
                .isEqualTo(Reason.ADDRESS_FORBIDDEN);
        var web = url.replace(":" + server.sshPort(), ":" + server.httpPort());
        assertThat(reason(() -> remotes().advertised(new Remote(web, key), LIMITS)))
                .isIn(Reason.UNREACHABLE, Reason.MALFORMED);
    }

    @Test
    void refusesDangerousObjects() throws Exception {
        var origin = Git.in(folder.resolve("origin.git"));
        var blob = origin.ok("rev-parse", "trunk:a.txt");
        Files.writeString(folder.resolve("tree"), "100644 blob " + blob + "\t.git\n");
        var tree = origin.program(List.of("sh", "-c", "git mktree < ../tree"))
                .ok()
                .out()
                .strip();
        var commit = origin.ok("commit-tree", "-m", "Evil", tree);
        origin.ok("update-ref", "refs/heads/evil", commit);
        assertThat(reason(() -> fetch(order(true, true)))).isEqualTo(Reason.BAD_OBJECTS);
        assertThat(refs()).isEmpty();
    }
}
