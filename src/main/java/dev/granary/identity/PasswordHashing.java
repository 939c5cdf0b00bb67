package dev.granary.identity;

import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * Argon2id with 19 MiB, two passes, one lane: OWASP's minimum for a memory-hard hash, so that a burst of log-ins cannot
 * exhaust the server's memory.
 */
@Component
class PasswordHashing {
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final int PARALLELISM = 1;
    private static final int MEMORY_KIB = 19 * 1024;
    private static final int PASSES = 2;

    private final Argon2PasswordEncoder encoder =
            new Argon2PasswordEncoder(SALT_BYTES, HASH_BYTES, PARALLELISM, MEMORY_KIB, PASSES);

    /** Checked when no user has the name, so that the answer takes as long as for one who has. */
    private final String decoy = encoder.encode("decoy");

    String hash(String password) {
        return String.valueOf(encoder.encode(password));
    }

    boolean matches(String password, String hash) {
        return encoder.matches(password, hash);
    }

    /** Spends the time of {@link #matches} for nothing. */
    void pretend(String password) {
        encoder.matches(password, decoy);
    }
}
