package dev.granary.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.kernel.Caller;
import dev.granary.projects.Project;
import dev.granary.repositories.HostedRepository;
import dev.granary.repositories.RepositoryService;
import dev.granary.testing.Git;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.Http;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.SshIdentity;
import dev.granary.testing.TestDatabase;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.springframework.util.FileSystemUtils;

/** Answers to clones are kept, and are never wrong, half, or for somebody else. */
@OnBothDatabases
class CloneAnswersTest {
    private static final List<String> PLAIN = List.of("thin-pack", "no-progress", "ofs-delta");

    /** Its own: the folder of kept answers is looked at. */
    @SuppressWarnings("NullAway.Init")
    private static GranaryServer server;

    private Caller.User user;
    private Project project;
    private HostedRepository repository;
    private Git work;
    private String commit;
    private int clones;
    private Set<Path> before;

    @TempDir
    private Path folder;

    @SuppressWarnings("unused")
    CloneAnswersTest(TestDatabase database) {
        // Taken so that start() gets it.
    }

    @BeforeParameterizedClassInvocation
    static void start(TestDatabase database) {
        server = GranaryServer.start(database);
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        server.close();
    }

    @BeforeEach
    void pushOneBranch() throws IOException {
        user = server.caller(server.newUser("cloner").name());
        project = TransportFixture.project(server, user);
        repository = TransportFixture.repository(server, user, project, 0);
        work = Git.in(Files.createDirectory(folder.resolve("work")));
        work.ok("init", "-q", "-b", "master");
        work.ok("remote", "add", "origin", TransportFixture.httpUrl(server, user, repository));
        work.commitFile("a.txt", "first", "First");
        commit = work.commitFile("b.txt", "second", "Second");
        work.ok("push", "-q", "origin", "master");
        before = files();
    }

    private Path kept() {
        return server.dataFolder().resolve("cache/clones");
    }

    private Set<Path> files() throws IOException {
        if (!Files.exists(kept())) {
            return Set.of();
        }
        try (var files = Files.list(kept())) {
            return Set.copyOf(files.toList());
        }
    }

    private Set<Path> added() throws IOException {
        var added = new HashSet<>(files());
        added.removeAll(before);
        return added;
    }

    private Git cloned(String... options) {
        var target = "clone" + clones++;
        var command = new ArrayList<>(List.of("clone", "-q"));
        command.addAll(List.of(options));
        command.addAll(List.of(TransportFixture.httpUrl(server, user, repository), target));
        Git.in(folder).ok(command.toArray(String[]::new));
        return Git.in(folder.resolve(target));
    }

    private Http client(Http http) {
        return http.with("Git-Protocol", "version=2").with("Content-Type", "application/x-git-upload-pack-request");
    }

    private Http owner() {
        return client(server.http(user.name(), GranaryServer.PASSWORD));
    }

    private Http.Answer ask(Http client, HostedRepository where, List<String> options, String... wants) {
        var body = new StringBuilder(packet("command=fetch\n") + packet("agent=git/2.50") + "0001");
        options.forEach(option -> body.append(packet(option + "\n")));
        for (var want : wants) {
            body.append(packet("want " + want + "\n"));
        }
        return client.post("/" + where.fullPath() + ".git/git-upload-pack", body + packet("done\n") + "0000");
    }

    private static String packet(String line) {
        return "%04x".formatted(line.getBytes(StandardCharsets.UTF_8).length + 4) + line;
    }

    private static byte[] bytes(Http.Answer answer) {
        assertThat(answer.status()).isEqualTo(200);
        return answer.response().body();
    }

    @Test
    void sendsTheSameBytesToEverybodyWhoAsksForTheSame() throws IOException {
        var first = bytes(ask(owner(), repository, PLAIN, commit));
        assertThat(new String(first, StandardCharsets.ISO_8859_1))
                .startsWith("000dpackfile\n")
                .endsWith("0000");
        assertThat(added()).hasSize(1);
        assertThat(added().iterator().next()).hasBinaryContent(first);
        var otherwise = List.of("ofs-delta", "object-format=sha1");
        assertThat(bytes(ask(owner(), repository, otherwise, commit, commit))).isEqualTo(first);
        assertThat(added()).hasSize(1);
    }

    @Test
    void clonesWithRealGitAgainAndAgain() throws IOException {
        for (var i = 0; i < 3; i++) {
            var clone = cloned();
            assertThat(clone.ok("rev-parse", "origin/master")).isEqualTo(commit);
            clone.ok("fsck", "--full", "--strict");
        }
        assertThat(added()).hasSize(1);
        var next = work.commitFile("b.txt", "third", "Third");
        work.ok("push", "-q", "origin", "master");
        assertThat(cloned().ok("rev-parse", "origin/master")).isEqualTo(next);
        assertThat(cloned().ok("rev-parse", "origin/master")).isEqualTo(next);
        assertThat(added()).hasSize(2);
    }

    @Test
    void clonesOverSshWithTheSameBytes() throws IOException {
        var identity = SshIdentity.make(folder, "ed25519");
        TransportFixture.addKey(server, user, identity);
        var ssh = Git.in(folder).with("GIT_SSH_COMMAND", identity.command());
        cloned();
        for (var target : List.of("one", "two")) {
            ssh.ok("clone", "-q", TransportFixture.sshUrl(server, repository), target);
            assertThat(Git.in(folder.resolve(target)).ok("rev-parse", "HEAD")).isEqualTo(commit);
        }
        assertThat(added()).hasSize(1);
    }

    @Test
    void keepsShallowAndPartialClonesApart() throws IOException {
        for (var i = 0; i < 2; i++) {
            assertThat(cloned("--depth=1").ok("rev-list", "--count", "HEAD")).isEqualTo("1");
            assertThat(cloned("--filter=blob:none", "--no-checkout")
                            .ok("rev-list", "--missing=print", "--objects", "HEAD"))
                    .contains("?");
            assertThat(cloned().ok("rev-list", "--count", "HEAD")).isEqualTo("2");
            cloned("--bare").ok("fsck", "--full", "--strict");
        }
    }

    @Test
    void sendsTagsThatCameMeanwhile() {
        var options = List.of("ofs-delta", "include-tag");
        var without = bytes(ask(owner(), repository, options, commit));
        work.ok("tag", "-a", "-m", "A tag", "v1", commit);
        work.ok("push", "-q", "origin", "v1");
        assertThat(bytes(ask(owner(), repository, options, commit))).hasSizeGreaterThan(without.length);
        work.ok("push", "-q", "origin", ":v1");
        assertThat(bytes(ask(owner(), repository, options, commit))).hasSameSizeAs(without);
    }

    @Test
    void followsTheRefsThatAreAskedForByName() throws IOException {
        var options = List.of("ofs-delta", "want-ref refs/heads/other");
        for (var i = 0; i < 3; i++) {
            var tip = work.commitFile("b.txt", "content " + i, "Commit " + i);
            work.ok("push", "-q", "origin", "HEAD:refs/heads/other");
            for (var again = 0; again < 2; again++) {
                var text = ask(owner(), repository, options).text();
                assertThat(text).contains("wanted-refs").contains(tip + " refs/heads/other");
            }
            assertThat(added()).hasSize(i + 1);
        }
        work.ok("push", "-q", "origin", ":other");
        assertThat(ask(owner(), repository, options).text()).doesNotContain("packfile");
    }

    @Test
    void refusesWhatRefsNoLongerReach() throws IOException {
        work.ok("checkout", "-q", "-b", "secret");
        var secret = work.commitFile("secret.txt", "secret", "Secret");
        work.ok("push", "-q", "origin", "secret");
        assertThat(ask(owner(), repository, PLAIN, secret).text()).startsWith("000dpackfile\n");
        work.ok("push", "-q", "origin", ":secret");
        assertThat(ask(owner(), repository, PLAIN, secret).text())
                .doesNotContain("packfile")
                .contains("ERR ");
        var onServer = Git.in(TransportFixture.folder(server, repository));
        onServer.ok("update-ref", "refs/internal/secret", secret);
        assertThat(ask(owner(), repository, PLAIN, secret).text())
                .doesNotContain("packfile")
                .contains("ERR ");
        assertThat(ask(owner(), repository, PLAIN, "0123456789012345678901234567890123456789")
                        .text())
                .doesNotContain("packfile");
    }

    @Test
    void isKeptForThoseWhoMayRead() throws IOException {
        bytes(ask(owner(), repository, PLAIN, commit));
        var stranger = server.caller(server.newUser("stranger").name());
        var strangers = client(server.http(stranger.name(), GranaryServer.PASSWORD));
        assertThat(ask(strangers, repository, PLAIN, commit).status()).isEqualTo(404);
        assertThat(ask(client(server.asNobody()), repository, PLAIN, commit).status())
                .isEqualTo(401);
        // A repository of the stranger's own gives nothing of another.
        var own = TransportFixture.repository(server, stranger, TransportFixture.project(server, stranger), 0);
        assertThat(ask(strangers, own, PLAIN, commit).text()).doesNotContain("packfile");
        server.bean(RepositoryService.class).delete(server.admin(), repository.uuid());
        assertThat(ask(owner(), repository, PLAIN, commit).status()).isEqualTo(404);
        var again = server.bean(RepositoryService.class).create(user, project, repository.name(), "", 0);
        assertThat(ask(owner(), again, PLAIN, commit).text()).doesNotContain("packfile");
    }

    @Test
    void missesNothingWhenItsFilesAreDeletedOrCutShort() throws IOException {
        var answer = bytes(ask(owner(), repository, PLAIN, commit));
        var file = added().iterator().next();
        Files.delete(file);
        assertThat(bytes(ask(owner(), repository, PLAIN, commit))).isEqualTo(answer);
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(20);
        }
        assertThat(bytes(ask(owner(), repository, PLAIN, commit))).isEqualTo(answer);
        assertThat(file).hasBinaryContent(answer);
        FileSystemUtils.deleteRecursively(kept().getParent());
        assertThat(bytes(ask(owner(), repository, PLAIN, commit))).isEqualTo(answer);
        assertThat(file).hasBinaryContent(answer);
    }

    @Test
    void makesOneAnswerForManyWhoAskAtOnce() throws Exception {
        var noise = new byte[2_000_000];
        new java.util.Random(1).nextBytes(noise);
        Files.write(work.folder().resolve("noise.bin"), noise);
        work.ok("add", ".");
        work.ok("commit", "-q", "-m", "Noise");
        work.ok("push", "-q", "origin", "master");
        var tip = work.ok("rev-parse", "HEAD");
        var answers = Collections.synchronizedList(new ArrayList<byte[]>());
        var threads = new ArrayList<Thread>();
        for (var i = 0; i < 12; i++) {
            threads.add(Thread.ofVirtual().start(() -> answers.add(bytes(ask(owner(), repository, PLAIN, tip)))));
        }
        for (var thread : threads) {
            thread.join();
        }
        assertThat(answers).hasSize(12).allMatch(answer -> java.util.Arrays.equals(answer, answers.getFirst()));
        assertThat(added()).hasSize(1);
        cloned().ok("fsck", "--full");
    }
}
