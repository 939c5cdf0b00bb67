package dev.granary.remotes;

import dev.granary.outbound.OutboundPolicy;
import dev.granary.remotes.RemoteFailure.Reason;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectChecker;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.FetchConnection;
import org.eclipse.jgit.transport.PushConnection;
import org.eclipse.jgit.transport.SshTransport;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.TransportHttp;
import org.eclipse.jgit.transport.URIish;
import org.jspecify.annotations.Nullable;

/** The connections to one remote, for one transfer. */
final class Conversation implements AutoCloseable {
    private final Transfer transfer;
    private final URI uri;
    private final Remote remote;
    private final RemoteHttp http;
    private final RemoteSsh ssh;
    private @Nullable Transport transport;

    Conversation(OutboundPolicy policy, SshClients clients, Transfer transfer, URI uri, Remote remote, Path temporary) {
        this.transfer = transfer;
        this.uri = uri;
        this.remote = remote;
        this.ssh = new RemoteSsh(policy, clients, transfer, uri, remote);
        this.http = new RemoteHttp(policy, transfer, uri, remote.credentials(), temporary);
    }

    Transfer transfer() {
        return transfer;
    }

    Remote remote() {
        return remote;
    }

    /** Lists the remote's refs, those with the given beginnings and {@code HEAD}; objects may be fetched afterwards. */
    FetchConnection fetch(@Nullable Repository local, ObjectChecker checker, List<String> beginnings)
            throws IOException {
        var opened = open(local);
        opened.setObjectChecker(checker);
        var listed = Stream.concat(Stream.of(Constants.HEAD), beginnings.stream());
        var connection = opened.openFetch(List.of(), listed.toArray(String[]::new));
        refsRead(connection.getRefsMap());
        return connection;
    }

    /** Lists the remote's refs; objects and refs may be sent afterwards. */
    PushConnection push(Repository local) throws IOException {
        var connection = open(local).openPush();
        refsRead(connection.getRefsMap());
        return connection;
    }

    private void refsRead(Map<String, Ref> refs) throws TransferStopped {
        var most = transfer.limits().refs();
        if (refs.keySet().stream().filter(name -> !name.equals(Constants.HEAD)).count() > most) {
            throw transfer.stop(Reason.TOO_MANY_REFS, most);
        }
        transfer.refsRead();
    }

    private Transport open(@Nullable Repository local) throws IOException {
        transfer.progress().phase("connecting");
        if (transport != null) {
            transport.close();
        }
        transfer.connects();
        try {
            var address = new URIish(uri.toString());
            var opened = local == null ? Transport.open(address) : Transport.open(local, address);
            transport = opened;
            opened.setTagOpt(TagOpt.NO_TAGS);
            if (opened instanceof TransportHttp overHttp) {
                overHttp.setHttpConnectionFactory(http);
            } else if (opened instanceof SshTransport overSsh) {
                overSsh.setSshSessionFactory(ssh);
            }
            return opened;
        } catch (URISyntaxException e) {
            throw transfer.stop(Reason.MALFORMED);
        }
    }

    /** The branch that {@code HEAD} names; where the remote does not say that, one that stands where {@code HEAD} does. */
    static Optional<String> defaultBranch(Map<String, Ref> refs) {
        var head = refs.get(Constants.HEAD);
        if (head == null) {
            return Optional.empty();
        }
        if (head.isSymbolic()) {
            return branch(head.getTarget().getName());
        }
        var same = refs.values().stream()
                .filter(ref -> ref.getName().startsWith(Constants.R_HEADS))
                .filter(ref -> ref.getObjectId() != null && ref.getObjectId().equals(head.getObjectId()))
                .map(Ref::getName)
                .toList();
        return List.of("main", "master").stream()
                .filter(name -> same.contains(Constants.R_HEADS + name))
                .findFirst()
                .or(() -> same.stream().sorted().findFirst().flatMap(Conversation::branch));
    }

    private static Optional<String> branch(String name) {
        return name.startsWith(Constants.R_HEADS) && Repository.isValidRefName(name)
                ? Optional.of(name.substring(Constants.R_HEADS.length()))
                : Optional.empty();
    }

    @Override
    public void close() {
        if (transport != null) {
            transport.close();
        }
        http.close();
    }
}
