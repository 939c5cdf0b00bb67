package dev.granary.remotes;

import org.jspecify.annotations.Nullable;

/** How the server introduces itself to another one. */
public sealed interface RemoteCredentials {
    /** Not at all. */
    RemoteCredentials NONE = new None();

    /** Not at all. */
    record None() implements RemoteCredentials {}

    /**
     * A name with a password or token.
     *
     * @param username may be empty, where the token says it all
     */
    record Password(String username, String secret) implements RemoteCredentials {
        @Override
        public String toString() {
            return "Password";
        }
    }

    /**
     * A key for SSH; the user name stands in the address, or is {@code git}.
     *
     * @param privateKey in OpenSSH's or PEM form
     * @param passphrase null when the key is not encrypted
     */
    record SshKey(String privateKey, @Nullable String passphrase) implements RemoteCredentials {
        @Override
        public String toString() {
            return "SshKey";
        }
    }
}
