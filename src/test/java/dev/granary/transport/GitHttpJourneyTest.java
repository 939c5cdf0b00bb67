package dev.granary.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.granary.repositories.HostedRepository;
import dev.granary.testing.Git;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.LargeHistory;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.TestDatabase;
import java.io.IOException;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@OnBothDatabases
@Order(1)
class GitHttpJourneyTest extends GitJourney {
    private final TestDatabase database;

    GitHttpJourneyTest(TestDatabase database) {
        super(database);
        this.database = database;
    }

    @Override
    String url(HostedRepository repository) {
        return TransportFixture.httpUrl(server, user, repository);
    }

    @Override
    Git git() {
        return Git.in(folder);
    }

    @Test
    void needsNoGitSuffix() throws IOException {
        var commit = pushFirst();
        var address = url(repository).replaceAll("\\.git$", "");
        assertThat(outside.ok("ls-remote", address, "HEAD")).startsWith(commit);
    }

    @Test
    void readsCompressedAndChunkedRequests() throws IOException {
        pushFirst();
        for (var i = 0; i < 60; i++) {
            work.ok("branch", "branch" + i);
            work.commitFile("a.txt", "line " + i, "Commit " + i);
        }
        // More than a kibibyte of wants is sent compressed; a pack beyond the post buffer is sent in chunks.
        work.ok("-c", "http.postBuffer=1024", "push", "-q", "--all", "origin");
        var trace = outside.with("GIT_CURL_VERBOSE", "1").run("clone", url(repository), "copy");
        assertThat(trace.ok().err().toLowerCase(java.util.Locale.ROOT)).contains("content-encoding: gzip");
        assertThat(outside.at(folder.resolve("copy")).ok("branch", "-r").lines().count())
                .isGreaterThan(60);
    }

    @Test
    void refusesTheDumbProtocolInWords() {
        var answer = server.asNobody().get("/" + repository.fullPath() + ".git/info/refs");
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.text()).contains("smart HTTP");
        assertThat(answer.header("Content-Type")).startsWith("text/plain");
    }

    @Test
    void checksMethodsAndContentTypes() {
        var path = "/" + repository.fullPath() + ".git/git-upload-pack";
        var http = server.http(user.name(), GranaryServer.PASSWORD);
        assertThat(http.get(path).status()).isEqualTo(405);
        assertThat(http.with("Content-Type", "text/plain").post(path, "0000").status())
                .isEqualTo(415);
        assertThat(http.get("/" + repository.fullPath() + ".git/info/refs?service=git-upload-pack")
                        .header("Cache-Control"))
                .contains("no-cache");
    }

    @Test
    void speaksTheLanguageOfTheClient() throws IOException {
        pushFirst();
        var refused = work.with("LANGUAGE", "zh_CN").run("push", "origin", ":master");
        assertThat(refused.err()).contains("默认分支");
    }

    @Test
    void carriesALargeHistory() throws IOException {
        assumeThat(database).as("once is enough").isEqualTo(TestDatabase.POSTGRESQL);
        var source = LargeHistory.create(folder.resolve("large.git"));
        assertThat(Integer.parseInt(source.ok("rev-list", "--all", "--objects", "--count")))
                .isGreaterThan(100_000);
        source.ok("push", "-q", url(repository), "master");
        outside.ok("clone", "-q", "--bare", url(repository), "large-copy.git");
        var copy = outside.at(folder.resolve("large-copy.git"));
        assertThat(copy.ok("rev-parse", "master")).isEqualTo(source.ok("rev-parse", "master"));
        copy.ok("fsck", "--full", "--no-dangling");
    }

    @Test
    void letsAccessTokensDoWhatTheirScopesSay() throws IOException {
        pushFirst();
        var reading = tokenUrl("read_repository");
        var writing = tokenUrl("write_repository");
        assertThat(outside.run("ls-remote", reading).ok().out()).contains("refs/heads/master");
        var refused = work.run("push", reading, "HEAD:from-reader");
        assertThat(refused.exit()).isNotZero();
        assertThat(refused.err()).contains("write_repository");
        work.ok("push", "-q", writing, "HEAD:from-writer");
        assertThat(outside.ok("ls-remote", url(repository)))
                .contains("refs/heads/from-writer")
                .doesNotContain("from-reader");
    }

    private String tokenUrl(String scope) {
        var token = server.http(user.name(), GranaryServer.PASSWORD)
                .post(
                        "/v4/users/impersonation-tokens",
                        java.util.Map.of("name", scope, "scopes", java.util.List.of(scope)))
                .json()
                .get("token")
                .asString();
        return server.url().replace("://", "://" + user.name() + ":" + token + "@") + "/" + repository.fullPath()
                + ".git";
    }
}
