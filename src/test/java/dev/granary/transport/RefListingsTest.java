package dev.granary.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.kernel.Caller;
import dev.granary.repositories.HostedRepository;
import dev.granary.repositories.RepositoryService;
import dev.granary.testing.Git;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.Http;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answers about refs are kept, and never show anything but the refs of this moment. */
@OnBothDatabases
class RefListingsTest {
    private static final List<String> LINES =
            List.of("peel", "symrefs", "unborn", "ref-prefix HEAD", "ref-prefix refs/heads/", "ref-prefix refs/tags/");
    private static final String QUESTION = "15:command=ls-refs|"
            + LINES.stream().map(line -> line.length() + ":" + line).collect(Collectors.joining());
    private static final Duration SETTLED = Duration.ofMillis(300);

    private final GranaryServer server;
    private HostedRepository repository;
    private Http http;
    private Git work;
    private Git onServer;

    @TempDir
    private Path folder;

    RefListingsTest(TestDatabase database) {
        server = GranaryServer.shared(database);
    }

    @BeforeEach
    void pushOneBranch() throws IOException {
        var user = server.caller(server.newUser("lister").name());
        repository = TransportFixture.repository(server, user, TransportFixture.project(server, user), 0);
        http = client(user);
        work = Git.in(Files.createDirectory(folder.resolve("work")));
        work.ok("init", "-q", "-b", "master");
        work.ok("remote", "add", "origin", TransportFixture.httpUrl(server, user, repository));
        work.commitFile("a.txt", "first", "First");
        work.ok("push", "-q", "origin", "master");
        onServer = Git.in(TransportFixture.folder(server, repository));
    }

    private Http client(Caller.User user) {
        return server.http(user.name(), GranaryServer.PASSWORD)
                .with("Git-Protocol", "version=2")
                .with("Content-Type", "application/x-git-upload-pack-request");
    }

    private Http.Answer ask(Http client) {
        var body = new StringBuilder(packet("command=ls-refs\n") + packet("agent=git/2.50") + "0001");
        LINES.forEach(line -> body.append(packet(line + "\n")));
        return client.post("/" + repository.fullPath() + ".git/git-upload-pack", body + "0000");
    }

    private static String packet(String line) {
        return "%04x".formatted(line.getBytes(StandardCharsets.UTF_8).length + 4) + line;
    }

    private String refs() {
        var answer = ask(http);
        assertThat(answer.status()).isEqualTo(200);
        return answer.text();
    }

    private void settle() throws InterruptedException {
        Thread.sleep(SETTLED);
        refs();
        assertThat(isKnown()).isTrue();
    }

    private boolean isKnown() {
        return server.bean(RefListings.class).known(repository, QUESTION).isPresent();
    }

    @Test
    void sendsTheSameBytesAgainUntilARefMoves() throws InterruptedException {
        Thread.sleep(SETTLED);
        var first = refs();
        assertThat(isKnown()).isTrue();
        assertThat(refs()).isEqualTo(first).contains("refs/heads/master").contains("symref-target:refs/heads/master");
        work.ok("push", "-q", "origin", "master:other");
        assertThat(isKnown()).isFalse();
    }

    @Test
    void showsAPushAtOnce() throws InterruptedException {
        for (var i = 0; i < 8; i++) {
            if (i % 2 == 0) {
                settle();
            } else {
                refs();
            }
            var commit = work.commitFile("a.txt", "content " + i, "Commit " + i);
            work.ok("push", "-q", "origin", "master");
            assertThat(refs()).contains(commit + " refs/heads/master");
        }
    }

    @Test
    void showsWhatAnotherProcessDidToRefs() throws InterruptedException, IOException {
        var first = work.ok("rev-parse", "HEAD");
        var second = work.commitFile("a.txt", "second", "Second");
        work.ok("push", "-q", "origin", "master");

        settle();
        onServer.ok("update-ref", "refs/heads/master", first);
        assertThat(refs()).contains(first + " refs/heads/master").doesNotContain(second);

        settle();
        onServer.ok("update-ref", "refs/heads/deep/down/new", second);
        assertThat(refs()).contains(second + " refs/heads/deep/down/new");

        settle();
        onServer.ok("update-ref", "refs/heads/deep/down/new", first);
        assertThat(refs()).contains(first + " refs/heads/deep/down/new").doesNotContain(second);

        settle();
        onServer.ok("pack-refs", "--all");
        assertThat(refs()).contains(first + " refs/heads/deep/down/new");

        settle();
        onServer.ok("update-ref", "-d", "refs/heads/deep/down/new");
        assertThat(refs()).doesNotContain("deep/down").contains(first + " refs/heads/master");

        settle();
        Files.writeString(onServer.folder().resolve("refs/heads/master"), second + "\n");
        assertThat(refs()).contains(second + " refs/heads/master");

        settle();
        onServer.ok("symbolic-ref", "HEAD", "refs/heads/elsewhere");
        assertThat(refs()).contains("unborn HEAD symref-target:refs/heads/elsewhere");
    }

    @Test
    void keepsNothingWhileAChangeIsSoFreshThatTheNextCouldLookTheSame() throws InterruptedException, IOException {
        settle();
        onServer.ok("update-ref", "refs/heads/now", work.ok("rev-parse", "HEAD"));
        // However slow the machine is, it stays fresh for as long as the test asks.
        Files.setLastModifiedTime(
                onServer.folder().resolve("refs/heads/now"),
                FileTime.from(Instant.now().plus(Duration.ofMinutes(1))));
        assertThat(server.bean(RepositoryService.class).refStamp(repository)).isEmpty();
        refs();
        assertThat(isKnown()).isFalse();
    }

    @Test
    void showsHiddenRefsToNobody() throws InterruptedException {
        onServer.ok("update-ref", "refs/internal/secret", work.ok("rev-parse", "HEAD"));
        settle();
        assertThat(refs()).doesNotContain("secret");
        assertThat(refs()).doesNotContain("secret");
    }

    @Test
    void isKeptForThoseWhoMayRead() throws InterruptedException {
        settle();
        var stranger = client(server.caller(server.newUser("stranger").name()));
        assertThat(ask(stranger).status()).isEqualTo(404);
        var nobody = server.asNobody()
                .with("Git-Protocol", "version=2")
                .with("Content-Type", "application/x-git-upload-pack-request");
        assertThat(ask(nobody).status()).isEqualTo(401);
        server.bean(RepositoryService.class).delete(owner(), repository.uuid());
        assertThat(ask(http).status()).isEqualTo(404);
    }

    private Caller owner() {
        return server.admin();
    }

    @Test
    void keepsTheListThatPushesBeginWith() throws InterruptedException {
        var path = "/" + repository.fullPath() + ".git/info/refs?service=git-receive-pack";
        var commit = work.ok("rev-parse", "HEAD");
        Thread.sleep(SETTLED);
        var first = http.get(path).text();
        assertThat(server.bean(RefListings.class).known(repository, "git-receive-pack"))
                .isPresent();
        assertThat(http.get(path).text()).isEqualTo(first).contains(commit + " refs/heads/master");
        work.ok("push", "-q", "origin", "master:second");
        assertThat(http.get(path).text()).contains(commit + " refs/heads/second");
    }

    @Test
    void givesNobodyTheAnswerToARequestThatOnlyLooksAlike() throws InterruptedException {
        Thread.sleep(SETTLED);
        var path = "/" + repository.fullPath() + ".git/git-upload-pack";
        var asOne = packet("command=ls-refs\n") + "0001" + packet("ref-prefix refs/heads/\npeel\n") + "0000";
        assertThat(http.post(path, asOne).text()).doesNotContain("refs/heads/master");
        var asTwo =
                packet("command=ls-refs\n") + "0001" + packet("ref-prefix refs/heads/\n") + packet("peel\n") + "0000";
        assertThat(http.post(path, asTwo).text()).contains("refs/heads/master");
        var ignored = packet("command=ls-refs\n") + packet("\n") + packet("ref-prefix refs/tags/\n") + "0000";
        assertThat(http.post(path, ignored).text()).contains("refs/heads/master");
        var asked = packet("command=ls-refs\n") + "0001" + packet("ref-prefix refs/tags/\n") + "0000";
        assertThat(http.post(path, asked).text()).doesNotContain("refs/heads/master");
    }

    @Test
    void fetchesTheSameAgainUntilARefMoves() throws InterruptedException {
        var first = work.ok("rev-parse", "HEAD");
        var second = work.commitFile("a.txt", "second", "Second");
        work.ok("push", "-q", "origin", "master");
        var body = packet("command=fetch") + packet("agent=git/2.50") + "0001" + packet("ofs-delta")
                + packet("no-progress") + packet("want " + second) + packet("have " + first) + "0000";
        var path = "/" + repository.fullPath() + ".git/git-upload-pack";
        Thread.sleep(SETTLED);
        var answer = http.post(path, body).text();
        assertThat(answer).contains("ACK " + first).contains("packfile");
        assertThat(http.post(path, body).text()).isEqualTo(answer);
        work.ok("push", "-q", "-f", "origin", first + ":master");
        assertThat(http.post(path, body).text()).doesNotContain("packfile");
    }

    @Test
    void answersRequestsItDoesNotKnowAnew() {
        var body = packet("command=ls-refs\n") + "0001" + packet("something-else\n") + "0000";
        var answer = http.post("/" + repository.fullPath() + ".git/git-upload-pack", body);
        assertThat(answer.text()).doesNotContain("refs/heads/master");
    }
}
