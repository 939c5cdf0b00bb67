package dev.granary.mirrors;

import dev.granary.access.Permission;
import dev.granary.kernel.Caller;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Ids;
import dev.granary.kernel.Page;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Slice;
import dev.granary.kernel.Texts;
import dev.granary.outbound.OutboundPolicy;
import dev.granary.projects.ProjectService;
import dev.granary.remotes.RemoteCredentials;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Stored credentials for other servers: a project has them, its repositories' mirrors use them. */
@Service
public class EndpointService {
    private static final String TABLE = "remote_endpoint";
    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_SECRET = 16_384;
    private static final int MOST = 100;

    private final EndpointStore store;
    private final SealedCredentials sealed;
    private final OutboundPolicy policy;
    private final ProjectService projects;
    private final TransactionTemplate transaction;
    private final Clock clock;

    EndpointService(
            EndpointStore store,
            SealedCredentials sealed,
            OutboundPolicy policy,
            ProjectService projects,
            TransactionTemplate transaction,
            Clock clock) {
        this.store = store;
        this.sealed = sealed;
        this.policy = policy;
        this.projects = projects;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * The body of a new endpoint, or of new credentials for one.
     *
     * @param url what addresses must begin with for the credentials to be sent there, at least {@code https://host}
     * @param password or token, with its user's name; or
     * @param privateKey an SSH key in OpenSSH's or PEM form, with its passphrase if it has one
     */
    public record Body(
            @Nullable String name,
            @Nullable String url,
            @Nullable String username,
            @Nullable String password,
            @Nullable String privateKey,
            @Nullable String passphrase) {
        @Override
        public String toString() {
            return "Body[name=" + name + "]";
        }
    }

    /** The endpoints of a project. */
    public Page<Endpoint> list(Caller caller, String projectUuid, Slice slice) {
        var project = projects.require(caller, projectUuid, Permission.PROJECT_MANAGE);
        return store.list(project.id(), slice);
    }

    /**
     * Stores credentials.
     *
     * @throws Problem {@link ErrorCode#ENDPOINT_EXISTS} for a name that another one of the project has; {@link
     *     ErrorCode#TOO_MANY_ENDPOINTS}; {@link ErrorCode#PRIVATE_KEY_INVALID}; or what forbids the address
     */
    public Endpoint create(Caller caller, String projectUuid, Body body) {
        var project = projects.require(caller, projectUuid, Permission.PROJECT_MANAGE);
        var name = Texts.line("name", body.name(), 1, LONGEST_NAME);
        var url = policy.check("url", body.url(), OutboundPolicy.Purpose.GIT).toString();
        var secret = secret(body);
        return transaction.execute(_ -> {
            if (store.count(project.id()) >= MOST) {
                throw new Problem(ErrorCode.TOO_MANY_ENDPOINTS, MOST);
            }
            var now = clock.millis();
            var kind = kind(secret);
            var made = store.insert(new Endpoint(0, Ids.newUuid(), project.id(), name, url, kind, now, now))
                    .orElseThrow(() -> new Problem(ErrorCode.ENDPOINT_EXISTS, name));
            store.setSecret(made.id(), kind, seal(made.id(), secret), now);
            return made;
        });
    }

    /** Gives an endpoint other credentials; its mirrors use them from their next run on. */
    public Endpoint rotate(Caller caller, String projectUuid, String uuid, Body body) {
        var project = projects.require(caller, projectUuid, Permission.PROJECT_MANAGE);
        var endpoint = require(project.id(), uuid);
        var secret = secret(body);
        return transaction.execute(_ -> {
            store.setSecret(endpoint.id(), kind(secret), seal(endpoint.id(), secret), clock.millis());
            return require(project.id(), uuid);
        });
    }

    /** Forgets an endpoint; {@link ErrorCode#ENDPOINT_IN_USE} while a mirror uses it. */
    public void delete(Caller caller, String projectUuid, String uuid) {
        var project = projects.require(caller, projectUuid, Permission.PROJECT_MANAGE);
        var endpoint = require(project.id(), uuid);
        transaction.executeWithoutResult(_ -> {
            if (!store.delete(endpoint.id())) {
                throw new Problem(ErrorCode.ENDPOINT_IN_USE, endpoint.name());
            }
        });
    }

    private Endpoint require(long projectId, String uuid) {
        return store.find(projectId, uuid).orElseThrow(() -> new Problem(ErrorCode.ENDPOINT_NOT_FOUND));
    }

    /** The endpoint of a project, if its credentials may be sent to an address. */
    Endpoint require(long projectId, String uuid, String url) {
        var endpoint = require(projectId, uuid);
        if (!endpoint.covers(url)) {
            throw new Problem(ErrorCode.ENDPOINT_ELSEWHERE, endpoint.url());
        }
        return endpoint;
    }

    /** The credentials of an endpoint. */
    RemoteCredentials credentials(long id) {
        return sealed.open(TABLE, id, store.secret(id));
    }

    private static RemoteCredentials secret(Body body) {
        var key = body.privateKey();
        if (key != null && !key.isBlank()) {
            if (!key.contains("PRIVATE KEY-----")) {
                throw new Problem(ErrorCode.PRIVATE_KEY_INVALID);
            }
            var passphrase = body.passphrase();
            return new RemoteCredentials.SshKey(
                    Texts.lines("private_key", key, LONGEST_SECRET),
                    passphrase == null || passphrase.isEmpty()
                            ? null
                            : Texts.lines("passphrase", passphrase, LONGEST_SECRET));
        }
        if (body.password() == null || body.password().isEmpty()) {
            throw Problem.invalid("password", "required");
        }
        return new RemoteCredentials.Password(
                Texts.line("username", body.username(), 0, LONGEST_NAME),
                Texts.lines("password", body.password(), LONGEST_SECRET));
    }

    private static String kind(RemoteCredentials secret) {
        return secret instanceof RemoteCredentials.SshKey ? SealedCredentials.SSH_KEY : SealedCredentials.PASSWORD;
    }

    private byte[] seal(long id, RemoteCredentials secret) {
        return switch (secret) {
            case RemoteCredentials.Password password -> sealed.seal(TABLE, id, password);
            case RemoteCredentials.SshKey key -> sealed.seal(TABLE, id, key);
            case RemoteCredentials.None _ -> throw new IllegalArgumentException();
        };
    }
}
