package dev.granary.repositories;

import dev.granary.access.AccessService;
import dev.granary.access.Permission;
import dev.granary.kernel.Caller;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Page;
import dev.granary.kernel.Problem;
import dev.granary.kernel.RemoteAddress;
import dev.granary.kernel.Sentence;
import dev.granary.outbound.OutboundPolicy;
import dev.granary.projects.Namespace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Repositories that begin as a copy of one on another server. They are in status creating until all of it is there, and
 * failed when that did not work; who fills them listens to {@link ImportRequested}.
 */
@Service
public class RepositoryImports {
    private final RepositoryCreator creator;
    private final RepositoryService repositories;
    private final RepositoryStore store;
    private final ImportStore imports;
    private final GitFolders folders;
    private final StatisticsUpdater statistics;
    private final OutboundPolicy policy;
    private final AccessService access;
    private final RepositoryEvents told;
    private final ApplicationEventPublisher events;
    private final TransactionTemplate transaction;
    private final Clock clock;

    RepositoryImports(
            RepositoryCreator creator,
            RepositoryService repositories,
            RepositoryStore store,
            ImportStore imports,
            GitFolders folders,
            StatisticsUpdater statistics,
            OutboundPolicy policy,
            AccessService access,
            RepositoryEvents told,
            ApplicationEventPublisher events,
            TransactionTemplate transaction,
            Clock clock) {
        this.creator = creator;
        this.repositories = repositories;
        this.store = store;
        this.imports = imports;
        this.folders = folders;
        this.statistics = statistics;
        this.policy = policy;
        this.access = access;
        this.told = told;
        this.events = events;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * Records a repository that is to be filled, and returns at once.
     *
     * @param importUrl the address, in base64; credentials may stand in it
     */
    HostedRepository create(Caller caller, Namespace namespace, RepositoryCreation creation, String importUrl) {
        var given = decoded(importUrl.strip());
        var source = RemoteAddress.of(policy.check("import_url", given, OutboundPolicy.Purpose.GIT), given);
        var user = access.requireUser(caller);
        return creator.begin(caller, namespace, creation, id -> {
            imports.insert(id, source.url(), ImportSources.type(source.url()), user.id(), clock.millis());
            events.publishEvent(new ImportRequested(id, source, user.id()));
        });
    }

    private static String decoded(String text) {
        if (text.contains("://")) {
            return text; // No base64 has a colon: some clients send the address as it is.
        }
        try {
            return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Problem.invalid("import_url", "base64");
        }
    }

    /** What became of the import that a repository began with; empty when it did not begin so. */
    public Optional<ImportRecord> of(long repositoryId) {
        return imports.of(repositoryId);
    }

    /** The caller's imports. */
    Page<ImportStore.Listed> list(Caller caller, ImportQuery query) {
        return imports.list(access.requireUser(caller).id(), query);
    }

    /** A failed import that the caller may have tried again, the repository's record first. */
    public HostedRepository requireFailed(Caller caller, long repositoryId) {
        var repository = repositories.require(caller, repositoryId, Permission.REPOSITORY_SETTINGS);
        if (repository.status() != HostedRepository.FAILED
                || imports.of(repositoryId).isEmpty()) {
            throw new Problem(ErrorCode.IMPORT_NOT_FAILED);
        }
        return repository;
    }

    /** Says that a failed import is tried again; part of the caller's transaction. */
    public void again(long repositoryId) {
        if (!imports.change(repositoryId, ImportRecord.FAILED, ImportRecord.IMPORTING, null, null)) {
            throw new Problem(ErrorCode.IMPORT_NOT_FAILED);
        }
        store.setStatus(repositoryId, HostedRepository.CREATING);
    }

    /** Makes the folder to be filled, unless an earlier attempt did. */
    public void prepare(HostedRepository repository) {
        try {
            folders.create(repository.uuid(), repository.defaultBranch());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes the repository ready; part of the caller's transaction. */
    public void succeeded(long repositoryId) {
        imports.change(repositoryId, ImportRecord.IMPORTING, ImportRecord.FINISHED, clock.millis(), null);
        told.ready(repositoryId);
        store.recount(repositoryId, clock.millis());
    }

    /** Counts what an imported repository holds, once it is ready. */
    public void count(long repositoryId) {
        statistics.changed(repositoryId);
    }

    /** Leaves the repository failed; part of the caller's transaction. */
    public void failed(long repositoryId, Sentence why) {
        imports.change(repositoryId, ImportRecord.IMPORTING, ImportRecord.FAILED, clock.millis(), why);
        store.setStatus(repositoryId, HostedRepository.FAILED);
    }
}
