package dev.granary.identity;

import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;

/**
 * Argon2id with 19 MiB, two passes, one lane: OWASP's minimum for a memory-hard hash. As many run at once as there are
 * cores, so that a burst of log-ins can exhaust neither memory nor the processor; the rest wait their turn.
 */
@Component
class PasswordHashing {
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final int PARALLELISM = 1;
    private static final int MEMORY_KIB = 19 * 1024;
    private static final int PASSES = 2;
    private static final int PATIENCE_SECONDS = 10;

    private final Argon2PasswordEncoder encoder =
            new Argon2PasswordEncoder(SALT_BYTES, HASH_BYTES, PARALLELISM, MEMORY_KIB, PASSES);
    private final Semaphore turns =
            new Semaphore(Math.max(2, Runtime.getRuntime().availableProcessors()), true);

    /** Checked when no user has the name, so that the answer takes as long as for one who has. Made by need. */
    private final Supplier<String> decoy = SingletonSupplier.of(() -> String.valueOf(encoder.encode("decoy")));

    String hash(String password) {
        return inTurn(() -> String.valueOf(encoder.encode(password)));
    }

    boolean matches(String password, String hash) {
        return inTurn(() -> encoder.matches(password, hash));
    }

    /** Spends the time of {@link #matches} for nothing. */
    void pretend(String password) {
        matches(password, decoy.get());
    }

    private <T> T inTurn(Supplier<T> work) {
        try {
            if (!turns.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new Problem(ErrorCode.BUSY);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Problem(ErrorCode.BUSY);
        }
        try {
            return work.get();
        } finally {
            turns.release();
        }
    }
}
