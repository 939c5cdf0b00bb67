package dev.granary.remotes;

import dev.granary.kernel.Problem;
import dev.granary.kernel.Settings;
import dev.granary.outbound.OutboundPolicy;
import dev.granary.outbound.OutboundPolicy.Purpose;
import dev.granary.remotes.RemoteFailure.Reason;
import dev.granary.repositories.HostedRepository;
import dev.granary.repositories.RepositoryService;
import dev.granary.storage.DataFolder;
import dev.granary.transport.ObjectRules;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/**
 * Fetches from and pushes to repositories on other servers, over HTTP and SSH. Whatever the other server does, it ends
 * within the limits, with nothing left behind: no thread, no connection, no temporary file, no lock. A call takes as
 * long as the transfer, on the caller's thread.
 */
@Service
public class RemoteGit {
    private static final Logger log = LoggerFactory.getLogger(RemoteGit.class);

    private final OutboundPolicy policy;
    private final SshClients clients;
    private final RepositoryService repositories;
    private final Settings settings;
    private final DataFolder data;

    RemoteGit(
            OutboundPolicy policy,
            SshClients clients,
            RepositoryService repositories,
            Settings settings,
            DataFolder data) {
        this.policy = policy;
        this.clients = clients;
        this.repositories = repositories;
        this.settings = settings;
        this.data = data;
    }

    /** Lists the branches and tags of a remote; a way to find out whether address and credentials are good. */
    public RemoteRefs advertised(Remote remote, RemoteLimits limits) throws RemoteFailure {
        return talk(remote, limits, TransferProgress.NONE, conversation -> {
            var choice = RefChoice.of(List.of());
            try (var connection = conversation.fetch(null, ObjectRules.checker(), choice.beginnings())) {
                var refs = new HashMap<String, ObjectId>();
                connection.getRefsMap().forEach((name, ref) -> {
                    if (choice.includes(name) && ref.getObjectId() != null) {
                        refs.put(name, ref.getObjectId().copy());
                    }
                });
                return new RemoteRefs(
                        refs,
                        Conversation.defaultBranch(connection.getRefsMap()),
                        Optional.ofNullable(conversation.transfer().hostKey()));
            }
        });
    }

    /**
     * Makes the branches and tags of a repository those of a remote, and its default branch the one that the remote's
     * {@code HEAD} names. A remote that has not changed costs one listing of its refs. The rules for those who push do
     * not apply. The repository may be one that is still being created, as long as its folder is there.
     *
     * <p>Two at once in one repository do no harm, but some of their moves are refused.
     */
    public SyncResult fetch(HostedRepository repository, Remote remote, FetchOrder order, TransferProgress progress)
            throws RemoteFailure {
        return talk(
                remote,
                order.limits(),
                progress,
                conversation -> new Fetch(repositories, settings.limits(), repository, conversation, order).run());
    }

    /** Makes the branches and tags of a remote those of a repository here. */
    public SyncResult push(HostedRepository repository, Remote remote, PushOrder order, TransferProgress progress)
            throws RemoteFailure {
        return talk(
                remote,
                order.limits(),
                progress,
                conversation -> new OutgoingPush(repositories, repository, conversation, order).run());
    }

    /** What is done while connected. */
    @FunctionalInterface
    private interface Talk<T> {
        T with(Conversation conversation) throws Exception;
    }

    private <T> T talk(Remote remote, RemoteLimits limits, TransferProgress progress, Talk<T> talk)
            throws RemoteFailure {
        var uri = uri(remote);
        var host = uri.getPort() < 0 ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
        try (var transfer = new Transfer(host, limits, progress)) {
            try (var conversation = new Conversation(policy, clients, transfer, uri, remote, data.tmp())) {
                return talk.with(conversation);
            } catch (Exception | OutOfMemoryError e) {
                var failure = RemoteFailures.of(e, transfer);
                if (failure.reason() == Reason.OTHER) {
                    log.warn("Talking to {} failed", remote, e);
                } else {
                    log.debug("Talking to {} failed: {}", remote, failure.reason(), e);
                }
                throw failure;
            }
        }
    }

    private URI uri(Remote remote) throws RemoteFailure {
        try {
            return policy.check("url", remote.url(), Purpose.GIT);
        } catch (Problem e) {
            throw new RemoteFailure(Reason.ADDRESS_FORBIDDEN, remote.shownUrl(), remote.shownUrl());
        }
    }
}
