package dev.granary.repositories;

import dev.granary.projects.ProjectService;
import dev.granary.testing.Git;
import dev.granary.testing.GranaryServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import org.eclipse.jgit.lib.RepositoryCache;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.FileSystemUtils;

/** Repositories on a server's disk, for tests of what happens there. */
final class Storage {
    final GranaryServer server;
    final GitFolders folders;
    final HousekeepingService housekeeping;
    final DeletedRepositories deleted;
    private final Path scratch;

    Storage(GranaryServer server, Path scratch) {
        this.server = server;
        this.folders = server.bean(GitFolders.class);
        this.housekeeping = server.bean(HousekeepingService.class);
        this.deleted = server.bean(DeletedRepositories.class);
        this.scratch = scratch;
    }

    HostedRepository repository() {
        var project =
                server.bean(ProjectService.class).create(server.admin(), GranaryServer.unique("storage"), "", "scrum");
        return server.bean(RepositoryService.class)
                .create(server.admin(), project, GranaryServer.unique("repo"), "", 0);
    }

    /** A fork as the product makes it: record, then folder. */
    HostedRepository fork(HostedRepository source) {
        var fork = repository();
        sql("UPDATE repository SET borrows_from_id = " + source.id() + " WHERE id = " + fork.id());
        try {
            FileSystemUtils.deleteRecursively(folders.path(fork.uuid()));
            RepositoryCache.clear();
            folders.createFork(source.uuid(), HiddenRefs.NONE, fork.uuid(), "master");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return fork;
    }

    /** Native git in the bare repository. */
    Git bare(HostedRepository repository) {
        return Git.in(folders.path(repository.uuid()));
    }

    /** A clone whose pushes go straight to the folder. */
    Git work(HostedRepository repository) {
        var folder = scratch.resolve(GranaryServer.unique("work"));
        Git.in(scratch)
                .ok("clone", "-q", "--no-local", folders.path(repository.uuid()).toString(), folder.toString());
        var git = Git.in(folder);
        git.ok("config", "receive.unpackLimit", "1");
        return git;
    }

    void sql(String statement) {
        server.bean(TransactionTemplate.class)
                .executeWithoutResult(
                        _ -> server.bean(JdbcClient.class).sql(statement).update());
    }

    long number(String query) {
        return server.bean(JdbcClient.class).sql(query).query(Long.class).single();
    }

    void markDeleted(HostedRepository repository) {
        sql("UPDATE repository SET deleted_at = 1 WHERE id = " + repository.id());
    }

    void visit(HostedRepository repository, boolean full) {
        housekeeping.exclusively(repository.id(), () -> housekeeping.visit(repository.id(), full));
    }

    /** Lets time pass for every file of a repository. */
    void age(HostedRepository repository, Duration by) {
        try (var paths = Files.walk(folders.path(repository.uuid()))) {
            for (var path : (Iterable<Path>) paths::iterator) {
                if (Files.isRegularFile(path)) {
                    var time = Files.getLastModifiedTime(path).toInstant().minus(by);
                    Files.setLastModifiedTime(path, FileTime.from(time));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String fsck(HostedRepository repository) {
        return bare(repository).run("fsck", "--full", "--no-dangling").ok().err();
    }

    long files(HostedRepository repository, String extension) {
        try (var files = Files.list(folders.path(repository.uuid()).resolve("objects/pack"))) {
            return files.filter(file -> file.toString().endsWith(extension)).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
