package dev.granary.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.kernel.Caller;
import dev.granary.repositories.HostedRepository;
import dev.granary.repositories.RepositoryService;
import dev.granary.testing.Git;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which branch a clone begins with when the first one pushed is not the one that HEAD names. */
@OnBothDatabases
class FirstBranchTest {
    private final GranaryServer server;
    private Caller.User user;
    private HostedRepository repository;
    private Git work;
    private Git onServer;

    @TempDir
    private Path folder;

    FirstBranchTest(TestDatabase database) {
        server = GranaryServer.shared(database);
    }

    @BeforeEach
    void emptyRepository() throws IOException {
        user = server.caller(server.newUser("first").name());
        repository = TransportFixture.repository(server, user, TransportFixture.project(server, user), 0);
        work = Git.in(Files.createDirectory(folder.resolve("work")));
        work.ok("init", "-q", "-b", "trunk");
        work.ok("remote", "add", "origin", TransportFixture.httpUrl(server, user, repository));
        work.commitFile("a.txt", "first", "First");
        onServer = Git.in(TransportFixture.folder(server, repository));
    }

    private String recorded() {
        return server.bean(RepositoryService.class)
                .byId(repository.id())
                .orElseThrow()
                .defaultBranch();
    }

    @Test
    void headNamesItBeforeItIsThere() throws IOException {
        var lock = onServer.folder().resolve("refs/heads/trunk.lock");
        Files.createFile(lock);
        assertThat(work.run("push", "-q", "origin", "trunk").exit()).isNotZero();
        assertThat(onServer.ok("symbolic-ref", "HEAD")).isEqualTo("refs/heads/trunk");
        assertThat(onServer.ok("for-each-ref")).isEmpty();
        Files.delete(lock);
        work.ok("push", "-q", "origin", "trunk:other");
        assertThat(onServer.ok("symbolic-ref", "HEAD")).isEqualTo("refs/heads/other");
        assertThat(recorded()).isEqualTo("other");
        work.ok("push", "-q", "origin", "trunk");
        assertThat(onServer.ok("symbolic-ref", "HEAD")).isEqualTo("refs/heads/other");
        Git.in(folder).ok("clone", "-q", TransportFixture.httpUrl(server, user, repository), "clone");
        assertThat(folder.resolve("clone/a.txt")).hasContent("first");
    }

    @Test
    void tagsAloneChangeNothing() {
        var head = onServer.ok("symbolic-ref", "HEAD");
        work.ok("push", "-q", "origin", "trunk:refs/tags/v1");
        assertThat(onServer.ok("symbolic-ref", "HEAD")).isEqualTo(head);
        assertThat(recorded()).isEqualTo(head.substring("refs/heads/".length()));
    }
}
