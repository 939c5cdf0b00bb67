package dev.granary.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.kernel.Caller;
import dev.granary.projects.Project;
import dev.granary.repositories.HostedRepository;
import dev.granary.testing.Git;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people do with git all day; each transport runs all of it. */
abstract class GitJourney {
    final GranaryServer server;
    Caller.User user;
    Project project;
    HostedRepository repository;
    Git outside;
    Git work;

    @TempDir
    Path folder;

    GitJourney(TestDatabase database) {
        this.server = GranaryServer.shared(database);
    }

    /** A clone address with which {@link #outside} gets in as the user. */
    abstract String url(HostedRepository repository) throws IOException;

    /** Git with what it needs to sign in. */
    abstract Git git() throws IOException;

    @BeforeEach
    void cloneAnEmptyRepository() throws IOException {
        user = server.caller(server.newUser("pusher").name());
        project = TransportFixture.project(server, user);
        repository = TransportFixture.repository(server, user, project, 0);
        outside = git();
        outside.ok("clone", "-q", url(repository), "work");
        work = outside.at(folder.resolve("work"));
    }

    String pushFirst() {
        var commit = work.commitFile("a.txt", "hello\n", "First");
        work.ok("push", "-q", "origin", "HEAD:master");
        return commit;
    }

    Git copy(String... options) throws IOException {
        var name = GranaryServer.unique("copy");
        var command = new java.util.ArrayList<>(java.util.List.of(options));
        command.addAll(java.util.List.of(url(repository), name));
        outside.ok(command.toArray(String[]::new));
        return outside.at(folder.resolve(name));
    }

    String serverRef(String ref) throws IOException {
        return outside.ok("ls-remote", url(repository), ref).replaceAll("\\s.*", "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1", "2"})
    void pushesAndClonesInEveryProtocolVersion(String version) throws IOException {
        var commit = work.commitFile("a.txt", "hello\n", "First");
        work.ok("-c", "protocol.version=" + version, "push", "-q", "origin", "HEAD:master");
        var copy = copy("-c", "protocol.version=" + version, "clone", "-q");
        assertThat(copy.ok("rev-parse", "HEAD")).isEqualTo(commit);
        assertThat(copy.ok("symbolic-ref", "HEAD")).isEqualTo("refs/heads/master");
        copy.ok("fsck", "--full");

        var second = copy.commitFile("b/c.txt", "more\n", "Second");
        copy.ok("-c", "protocol.version=" + version, "push", "-q");
        work.ok("-c", "protocol.version=" + version, "pull", "-q", "origin", "master");
        assertThat(work.ok("rev-parse", "HEAD")).isEqualTo(second);
    }

    @Test
    void speaksVersion2WhenAsked() throws IOException {
        pushFirst();
        var trace = outside.with("GIT_TRACE_PACKET", "1").run("-c", "protocol.version=2", "ls-remote", url(repository));
        assertThat(trace.ok().err()).contains("version 2").contains("ls-refs");
        trace = outside.with("GIT_TRACE_PACKET", "1").run("-c", "protocol.version=0", "ls-remote", url(repository));
        assertThat(trace.ok().err()).doesNotContain("version 2").contains("symref=HEAD:refs/heads/master");
    }

    @Test
    void clonesAnEmptyRepositoryAndItsHistoryLater() throws IOException {
        var copy = copy("clone", "-q");
        assertThat(copy.run("rev-parse", "HEAD").exit()).isNotZero();
        var commit = pushFirst();
        copy.ok("pull", "-q", "origin", "master");
        assertThat(copy.ok("rev-parse", "HEAD")).isEqualTo(commit);
    }

    @Test
    void clonesBeginWithTheFirstBranchThatWasPushedWhenTheDefaultOneWasNot() throws IOException {
        var commit = work.commitFile("a.txt", "hello\n", "First");
        work.ok("push", "-q", "origin", "HEAD:trunk", "HEAD:main");
        var copy = copy("clone", "-q");
        assertThat(copy.ok("symbolic-ref", "HEAD")).isEqualTo("refs/heads/main");
        assertThat(copy.ok("rev-parse", "HEAD")).isEqualTo(commit);
        work.ok("push", "-q", "origin", "HEAD:master");
        assertThat(copy("clone", "-q").ok("symbolic-ref", "HEAD")).isEqualTo("refs/heads/main");
        assertThat(server.asAdmin()
                        .get("/v4/repositories/" + repository.id())
                        .json()
                        .get("default_branch")
                        .asString())
                .isEqualTo("main");
    }

    @Test
    void clonesShallowAndDeepens() throws IOException {
        for (var i = 0; i < 5; i++) {
            work.with("GIT_COMMITTER_DATE", "2024-01-0" + (i + 1) + "T12:00:00Z")
                    .commitFile("a.txt", "line " + i, "Commit " + i);
        }
        work.ok("push", "-q", "origin", "HEAD:master");
        var shallow = copy("clone", "-q", "--depth=1");
        assertThat(shallow.ok("rev-list", "--count", "HEAD")).isEqualTo("1");
        shallow.ok("fetch", "-q", "--depth=3");
        assertThat(shallow.ok("rev-list", "--count", "origin/master")).isEqualTo("3");
        shallow.ok("fetch", "-q", "--unshallow");
        assertThat(shallow.ok("rev-list", "--count", "origin/master")).isEqualTo("5");
        var since = copy("clone", "-q", "--shallow-since=2024-01-04T00:00:00Z");
        assertThat(since.ok("rev-list", "--count", "HEAD")).isEqualTo("2");
    }

    @Test
    void deepensByANumberOfCommits() throws IOException {
        for (var i = 0; i < 8; i++) {
            work.commitFile("a.txt", "line " + i, "Commit " + i);
        }
        work.ok("tag", "-a", "-m", "Tag", "v1");
        work.ok("push", "-q", "origin", "HEAD:master", "v1");
        var shallow = copy("clone", "-q", "--depth=2");
        shallow.ok("fetch", "-q", "--deepen=1");
        assertThat(shallow.ok("rev-list", "--count", "origin/master")).isEqualTo("3");
        work.commitFile("a.txt", "more", "More");
        work.ok("push", "-q", "origin", "HEAD:master");
        shallow.ok("fetch", "-q", "--deepen=2");
        assertThat(shallow.ok("rev-list", "--count", "origin/master")).isEqualTo("6");
        shallow.ok("fetch", "-q", "--deepen=100");
        assertThat(shallow.ok("rev-list", "--count", "origin/master")).isEqualTo("9");
        shallow.ok("fsck", "--full");
        // A whole clone has nothing to deepen.
        work.ok("fetch", "-q", "--deepen=1");
        assertThat(work.ok("rev-list", "--count", "origin/master")).isEqualTo("9");
    }

    @Test
    void clonesOfEmptyRepositoriesBeginWithTheServersBranch() throws IOException {
        var copy = copy("-c", "init.defaultBranch=other", "clone", "-q");
        assertThat(copy.ok("symbolic-ref", "HEAD")).isEqualTo("refs/heads/master");
        pushFirst();
        var trace = outside.with("GIT_TRACE_PACKET", "1").run("ls-remote", url(repository));
        assertThat(trace.ok().err()).contains("ls-refs=unborn").doesNotContain("unborn HEAD");
    }

    @Test
    void pushesFromAShallowClone() throws IOException {
        pushFirst();
        work.commitFile("a.txt", "second\n", "Second");
        work.ok("push", "-q", "origin", "HEAD:master");
        var shallow = copy("clone", "-q", "--depth=1");
        var third = shallow.commitFile("a.txt", "third\n", "Third");
        shallow.ok("push", "-q", "origin", "HEAD:master");
        assertThat(serverRef("refs/heads/master")).isEqualTo(third);
    }

    @ParameterizedTest
    @ValueSource(strings = {"blob:none", "tree:0"})
    void clonesPartiallyAndFetchesTheRestOnDemand(String filter) throws IOException {
        pushFirst();
        work.commitFile("a.txt", "new\n", "Second");
        work.ok("push", "-q", "origin", "HEAD:master");
        var copy = copy("clone", "-q", "--no-checkout", "--filter=" + filter);
        assertThat(copy.ok("rev-list", "--objects", "--all", "--missing=print")).contains("?");
        assertThat(copy.ok("show", "HEAD~1:a.txt")).isEqualTo("hello");
        copy.ok("checkout", "-q", "master");
        assertThat(Files.readString(copy.folder().resolve("a.txt"))).isEqualTo("new\n");
    }

    @Test
    void forcesWithALeaseOnlyWhileItHolds() throws IOException {
        pushFirst();
        var other = copy("clone", "-q");
        work.ok("fetch", "-q");
        work.ok("commit", "-q", "--amend", "-m", "Amended");
        work.ok("push", "-q", "--force-with-lease", "origin", "HEAD:master");
        assertThat(serverRef("refs/heads/master")).isEqualTo(work.ok("rev-parse", "HEAD"));

        other.ok("commit", "-q", "--amend", "-m", "Also amended");
        var refused = other.run("push", "--force-with-lease", "origin", "HEAD:master");
        assertThat(refused.exit()).isNotZero();
        assertThat(refused.err()).contains("stale info");
        assertThat(serverRef("refs/heads/master")).isEqualTo(work.ok("rev-parse", "HEAD"));
    }

    @Test
    void refusesAllRefsOfAnAtomicPushWhenOneIsRefused() throws IOException {
        pushFirst();
        work.ok("branch", "topic");
        var refused = work.run("push", "--atomic", "origin", "topic", "HEAD:refs/internal/secret");
        assertThat(refused.exit()).isNotZero();
        assertThat(refused.err()).contains("belongs to the server").contains("atomic");
        assertThat(serverRef("refs/heads/topic")).isEmpty();

        var mixed = work.run("push", "origin", "topic", "HEAD:refs/internal/secret");
        assertThat(mixed.exit()).isNotZero();
        assertThat(serverRef("refs/heads/topic")).isNotEmpty();
        work.ok("tag", "v1");
        work.ok("push", "-q", "--atomic", "origin", "v1", "HEAD:refs/heads/second");
        assertThat(serverRef("refs/heads/second")).isNotEmpty();
    }

    @Test
    void takesPushOptions() throws IOException {
        work.commitFile("a.txt", "hello\n", "First");
        work.ok("push", "-q", "-o", "ci.skip", "-o", "note=übung", "origin", "HEAD:master");
        assertThat(serverRef("refs/heads/master")).isEqualTo(work.ok("rev-parse", "HEAD"));
    }

    @Test
    void pushesAndDeletesTagsAndBranches() throws IOException {
        pushFirst();
        work.ok("tag", "light");
        work.ok("tag", "-a", "-m", "Heavy", "heavy");
        work.ok("branch", "feature/one");
        work.ok("push", "-q", "origin", "light", "heavy", "feature/one");
        var copy = copy("clone", "-q");
        assertThat(copy.ok("tag")).isEqualTo("heavy\nlight");
        assertThat(copy.ok("cat-file", "-t", "heavy")).isEqualTo("tag");
        assertThat(outside.ok("ls-remote", "--tags", url(repository))).contains("refs/tags/heavy^{}");

        work.ok("push", "-q", "origin", ":light", ":feature/one");
        assertThat(outside.ok("ls-remote", url(repository)))
                .doesNotContain("light")
                .doesNotContain("feature/one");
    }

    @Test
    void saysWhyRefsAreRefused() throws IOException {
        pushFirst();
        var refused = work.run(
                "push",
                "origin",
                ":master",
                "HEAD:refs/notes/commits",
                "HEAD:refs/heads/" + "n".repeat(201),
                "HEAD:refs/heads/master/below",
                "HEAD^{tree}:refs/heads/tree");
        assertThat(refused.exit()).isNotZero();
        assertThat(refused.err().replace("remote: ", ""))
                .contains("master is the default branch and cannot be deleted")
                .contains("refs/notes/commits belongs to the server")
                .contains("is too long: at most 200 characters")
                .contains("refs/heads/master/below cannot exist beside refs/heads/master")
                .contains("refs/heads/tree must point to a commit");
        assertThat(outside.ok("ls-remote", url(repository)).lines()).hasSize(2);
    }

    @Test
    void leavesNoTemporaryFilesBehind() throws IOException {
        pushFirst();
        work.run("push", "origin", "HEAD:refs/notes/commits");
        try (var paths = Files.walk(server.dataFolder().resolve("repositories"))) {
            assertThat(paths.filter(path -> path.toString().contains(repository.uuid()))
                            .map(path -> path.getFileName().toString()))
                    .noneMatch(name -> name.startsWith("incoming_") || name.endsWith(".lock"));
        }
    }
}
