package dev.granary.transport;

import dev.granary.api.Failures;
import dev.granary.kernel.Caller;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Settings;
import dev.granary.refs.RefRules;
import dev.granary.refs.VisibleRefs;
import dev.granary.repositories.HostedRepository;
import dev.granary.repositories.RepositoryService;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.PackProtocolException;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.pack.PackConfig;
import org.eclipse.jgit.transport.ObjectInfoRequest;
import org.eclipse.jgit.transport.PacketLineOut;
import org.eclipse.jgit.transport.ProtocolV2Hook;
import org.eclipse.jgit.transport.RefAdvertiser.PacketLineOutRefAdvertiser;
import org.eclipse.jgit.transport.ServiceMayNotContinueException;
import org.eclipse.jgit.transport.TransferConfig;
import org.eclipse.jgit.transport.UploadPack;
import org.eclipse.jgit.transport.WantNotValidException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Serves Git clients, whichever transport they come by: lets them in, opens the repository, runs the exchange. */
@Service
class GitService {
    /** Deltas are searched among smaller files only, and within so much memory: clients send deltas of their own. */
    private static final int BIG_FILE = 16 * 1024 * 1024;

    private static final long DELTA_MEMORY = 32L * 1024 * 1024;

    /** What clones and fetches may ask for: filters, refs by name, and objects that visible refs reach; none else. */
    private static final Config UPLOAD = new Config();

    static {
        UPLOAD.setBoolean("uploadpack", null, "allowfilter", true);
        UPLOAD.setBoolean("uploadpack", null, "allowrefinwant", true);
        UPLOAD.setBoolean("uploadpack", null, "allowreachablesha1inwant", true);
    }

    private final RepositoryService repositories;
    private final RefRules rules;
    private final RefListings listings;
    private final CloneAnswers clones;
    private final Failures texts;
    private final Settings.Limits limits;

    GitService(
            RepositoryService repositories,
            RefRules rules,
            RefListings listings,
            CloneAnswers clones,
            Failures texts,
            Settings settings) {
        this.repositories = repositories;
        this.listings = listings;
        this.clones = clones;
        this.rules = rules;
        this.texts = texts;
        this.limits = settings.limits();
    }

    /**
     * Lets the caller in or throws what {@link RepositoryService#requireByAddress} throws; a push to a locked repository
     * is refused here already, before the client sends anything.
     */
    HostedRepository require(Caller caller, Optional<GitPath> path, GitCommand command) {
        var place = path.orElseThrow(() -> new Problem(
                caller instanceof Caller.Anonymous ? ErrorCode.UNAUTHENTICATED : ErrorCode.REPOSITORY_NOT_FOUND));
        var repository = repositories.requireByAddress(caller, place.full(), command.permission());
        if (command == GitCommand.RECEIVE_PACK && repository.locked()) {
            throw new Problem(ErrorCode.REPOSITORY_LOCKED);
        }
        return repository;
    }

    /** The exchange with a caller whom {@link #require} let in. */
    GitSession session(
            Caller caller,
            HostedRepository repository,
            GitCommand command,
            Locale locale,
            boolean version2,
            boolean stateless) {
        var hidden = repositories.hidden(caller, repository);
        return new GitSession(caller, repository, hidden, command, locale, version2, stateless);
    }

    /** Answers the first request of the stateless exchange if the answer is known and still true. */
    boolean advertiseKnown(GitSession session, OutputStream out) throws IOException {
        return send(listings.known(session.repository(), advertisement(session)), out);
    }

    /**
     * Answers what need not be answered anew for this caller: the refs, where they are known and still the same, and
     * clones.
     *
     * @param in remembers {@link Version2#peeked} bytes; gives what was not answered afterwards
     * @return whether nothing is left to answer
     */
    boolean serveKnown(GitSession session, InputStream in, OutputStream out) throws IOException {
        while (session.version2()) {
            var request = Version2.peek(in);
            if (request.isEmpty()) {
                return false;
            }
            if (request.get().isEmpty()) {
                return true;
            }
            if (!sendShared(session, request.get(), out)) {
                in.reset();
                return false;
            }
        }
        return false;
    }

    private boolean sendShared(GitSession session, List<String> request, OutputStream out) throws IOException {
        if (send(listings.known(session.repository(), question(session, request)), out)) {
            return true;
        }
        var clone = CloneRequest.of(request);
        return clone.isPresent()
                && clones.send(session.repository(), session.hidden(), clone.get(), out, answer -> {
                    try (var git = repositories.open(session.repository(), session.hidden())) {
                        upload(session, git)
                                .uploadWithExceptionPropagation(clone.get().wire(), answer, null);
                    }
                });
    }

    private void send(GitSession session, List<String> request, OutputStream out, RefListings.Answer anew)
            throws IOException {
        if (sendShared(session, request, out)) {
            out.flush();
        } else {
            listings.write(session.repository(), question(session, request), out, anew);
        }
    }

    private static boolean send(Optional<byte[]> known, OutputStream out) throws IOException {
        if (known.isPresent()) {
            out.write(known.get());
        }
        return known.isPresent();
    }

    private static String advertisement(GitSession session) {
        var version2 = session.version2() && session.command() == GitCommand.UPLOAD_PACK;
        return session.command().wireName() + (version2 ? " 2" : "") + hidden(session);
    }

    private static String question(GitSession session, List<String> request) {
        return Version2.question(request) + hidden(session);
    }

    private static String hidden(GitSession session) {
        return session.hidden().any() ? "\n" + session.hidden().key() : "";
    }

    /** Answers the first request of the stateless exchange: capabilities and, before version 2, the refs. */
    void advertise(GitSession session, OutputStream out) throws IOException {
        listings.write(session.repository(), advertisement(session), out, answer -> advertiseAnew(session, answer));
    }

    private void advertiseAnew(GitSession session, OutputStream out) throws IOException {
        try (var git = repositories.open(session.repository(), session.hidden())) {
            var lines = new PacketLineOut(out);
            lines.setFlushOnEnd(false);
            switch (session.command()) {
                case UPLOAD_PACK -> advertise(session, git, lines);
                case RECEIVE_PACK -> {
                    lines.writeString("# service=" + session.command().wireName() + "\n");
                    lines.end();
                    receive(session, git).sendAdvertisedRefs(new PacketLineOutRefAdvertiser(lines));
                }
            }
        }
    }

    private void advertise(GitSession session, Repository git, PacketLineOut lines) throws IOException {
        try (var upload = upload(session, git)) {
            upload.sendAdvertisedRefs(
                    Version2.advertiser(lines), session.command().wireName());
        }
    }

    /**
     * Runs a whole exchange: over a connection both ways, or the second request of the stateless one.
     *
     * @param messages where messages to a pushing client go that the protocol has no place for; null: nowhere
     * @throws IOException the client went away, or spoke something else than Git
     */
    void serve(GitSession session, InputStream in, OutputStream out, @Nullable OutputStream messages)
            throws IOException {
        try (var git = repositories.open(session.repository(), session.hidden())) {
            switch (session.command()) {
                // No messages: JGit would write its statistics there, even for quiet clones.
                case UPLOAD_PACK -> upload(session, git, in, out);
                case RECEIVE_PACK -> receive(session, git).receive(in, out, messages);
            }
        }
    }

    private void upload(GitSession session, Repository git, InputStream in, OutputStream out) throws IOException {
        if (!session.version2()) {
            upload(session, git).upload(new Bounded(in, tooLarge(session)), out, null);
            return;
        }
        if (!session.stateless()) {
            advertise(session, git, new PacketLineOut(out));
        }
        new Version2(git, in, out, tooLarge(session))
                .serve(() -> upload(session, git), (request, answer, anew) -> send(session, request, answer, anew));
    }

    private Supplier<String> tooLarge(GitSession session) {
        return () -> texts.text(new Problem(ErrorCode.BODY_TOO_LARGE, Version2.LARGEST_REQUEST), session.locale());
    }

    /** What a client asks for is held in memory, and a few bytes of it may inflate to many. */
    private static final class Bounded extends FilterInputStream {
        private final Supplier<String> tooLarge;
        private long left = Version2.LARGEST_REQUEST;

        Bounded(InputStream in, Supplier<String> tooLarge) {
            super(in);
            this.tooLarge = tooLarge;
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        /** After the one failure there is nothing more: JGit skips to the end before it tells the client. */
        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            var read = left < 0 ? -1 : in.read(bytes, offset, length);
            left -= Math.max(0, read);
            if (left < 0 && read >= 0) {
                throw new PackProtocolException(tooLarge.get());
            }
            return read;
        }

        @Override
        public long skip(long count) throws IOException {
            return left < 0 ? 0 : in.skip(count);
        }
    }

    private UploadPack upload(GitSession session, Repository git) {
        var upload = new UploadPack(git);
        upload.setBiDirectionalPipe(!session.stateless() && !session.version2());
        upload.setTransferConfig(new TransferConfig(UPLOAD));
        upload.setRequestValidator(GitService::checkWants);
        upload.setRefFilter(VisibleRefs.FILTER);
        if (session.version2()) {
            upload.setExtraParameters(Set.of("version=2"));
        }
        upload.setProtocolV2Hook(new NoObjectInfo(session));
        upload.setPackConfig(packConfig(git));
        return upload;
    }

    /** Clients may ask for anything that the refs they see reach: a partial clone fetches old files by their ids. */
    private static void checkWants(UploadPack upload, List<ObjectId> wants) throws IOException {
        var tips = upload.getAdvertisedRefs().values().stream()
                .map(Ref::getObjectId)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        try {
            var unreachable = Reachability.unreachable(upload.getRevWalk().getObjectReader(), wants, tips);
            if (unreachable.isPresent()) {
                throw new WantNotValidException(unreachable.get());
            }
        } catch (MissingObjectException e) {
            throw new WantNotValidException(e.getObjectId(), e);
        }
    }

    private static PackConfig packConfig(Repository git) {
        var config = new PackConfig(git);
        config.setThreads(1);
        config.setDeltaSearchMemoryLimit(DELTA_MEMORY);
        config.setBigFileThreshold(BIG_FILE);
        return config;
    }

    private Push receive(GitSession session, Repository git) throws IOException {
        return new Push(session, git, rules, repositories, limits, problem -> texts.text(problem, session.locale()));
    }

    /** JGit serves object-info unasked, and for any object; clones of forks would tell of their parents' objects. */
    private final class NoObjectInfo implements ProtocolV2Hook {
        private final GitSession session;

        NoObjectInfo(GitSession session) {
            this.session = session;
        }

        @Override
        public void onObjectInfo(ObjectInfoRequest request) throws ServiceMayNotContinueException {
            throw new ServiceMayNotContinueException(
                    texts.text(new Problem(ErrorCode.OBJECT_INFO_UNSUPPORTED), session.locale()));
        }
    }
}
