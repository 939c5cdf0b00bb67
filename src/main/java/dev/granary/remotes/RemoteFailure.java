package dev.granary.remotes;

import org.springframework.context.MessageSourceResolvable;

/**
 * Why nothing could be fetched from or pushed to another server. The message source resolves it to a sentence that a
 * person can act on, in either language; neither that nor the message of the exception holds a secret.
 */
public final class RemoteFailure extends Exception implements MessageSourceResolvable {
    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final transient Object[] arguments;

    /** What went wrong. */
    public enum Reason {
        /** The host's name is not known. */
        UNKNOWN_HOST("remote.unknown-host"),
        /** No connection, or it broke. */
        UNREACHABLE("remote.unreachable"),
        /** The server's certificate is not trusted, or it does not speak TLS. */
        TLS("remote.tls"),
        /** The credentials are wrong or missing. */
        AUTHENTICATION("remote.authentication"),
        /** There is no such repository, or the credentials do not show it. */
        NOT_FOUND("remote.not-found"),
        /** The policy forbids the address, or one that the server redirects to. */
        ADDRESS_FORBIDDEN("remote.address-forbidden"),
        /** The server sends from one address to the next. */
        TOO_MANY_REDIRECTS("remote.too-many-redirects"),
        /** It took too long, or the server said nothing for too long. */
        TIMEOUT("remote.timeout"),
        /** More bytes, or a larger file, than allowed. */
        TOO_LARGE("remote.too-large"),
        /** More objects than allowed. */
        TOO_MANY_OBJECTS("remote.too-many-objects"),
        /** More refs than allowed. */
        TOO_MANY_REFS("remote.too-many-refs"),
        /** The answer is not of Git's protocol. */
        MALFORMED("remote.malformed"),
        /** Objects that are broken, dangerous or missing. */
        BAD_OBJECTS("remote.bad-objects"),
        /** This server's disk is full. */
        DISK_FULL("remote.disk-full"),
        /** The SSH host key is another than before. */
        HOST_KEY_CHANGED("remote.host-key-changed"),
        /** Somebody stopped it. */
        CANCELLED("remote.cancelled"),
        /** The server understood and said no. */
        REFUSED("remote.refused"),
        /** Anything else; the log knows more. */
        OTHER("remote.other");

        private final String key;

        Reason(String key) {
            this.key = key;
        }
    }

    /**
     * @param arguments what the reason's text has places for: the first is always the host, or the address without
     *     user information
     */
    public RemoteFailure(Reason reason, Object... arguments) {
        super(reason.name());
        this.reason = reason;
        this.arguments = arguments.clone();
    }

    /** What went wrong. */
    public Reason reason() {
        return reason;
    }

    @Override
    public String[] getCodes() {
        return new String[] {reason.key};
    }

    @Override
    public Object[] getArguments() {
        return arguments.clone();
    }

    @Override
    public String getDefaultMessage() {
        return reason.name();
    }
}
