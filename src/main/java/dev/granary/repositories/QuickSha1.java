package dev.granary.repositories;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Security;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SHA-1 for the checksums of packs: two thirds of what sending a pack costs. On processors without instructions for it
 * the JDK's takes three times as long as a native one, which is used from the moment it is loaded. What is hashed is the
 * same either way; object ids are made by JGit's own SHA-1, which notices attempts at collisions.
 */
final class QuickSha1 extends Provider {
    private static final Logger log = LoggerFactory.getLogger(QuickSha1.class);
    private static final String DIGEST = "MessageDigest";
    private static final String SHA1 = "SHA-1";

    private final transient Service standard;
    private final transient AtomicBoolean asked = new AtomicBoolean();
    private transient volatile @Nullable Service quick;

    private QuickSha1(Service standard) {
        super("GranarySha1", "1", "SHA-1 at the speed of the machine");
        this.standard = standard;
        putService(new Service(this, DIGEST, SHA1, standard.getClassName(), List.of("SHA", "SHA1"), null) {
            @Override
            public Object newInstance(@Nullable Object parameter) throws NoSuchAlgorithmException {
                return service().newInstance(parameter);
            }
        });
    }

    /** Puts it before the JDK's own, on systems that it exists for; once for the process. */
    static void install() {
        if (System.getProperty("os.name").equals("Linux")
                && System.getProperty("os.arch").equals("amd64")) {
            var standard = Objects.requireNonNull(Security.getProvider("SUN")).getService(DIGEST, SHA1);
            Security.insertProviderAt(new QuickSha1(Objects.requireNonNull(standard)), 1);
        }
    }

    /** Loading takes a part of a second: nobody waits for it. */
    private Service service() {
        var known = quick;
        if (known != null) {
            return known;
        }
        if (asked.compareAndSet(false, true)) {
            Thread.ofPlatform().daemon().name("sha-1").start(this::load);
        }
        return standard;
    }

    private void load() {
        try {
            var provider = AmazonCorrettoCryptoProvider.INSTANCE;
            provider.assertHealthy();
            quick = provider.getService(DIGEST, SHA1);
        } catch (RuntimeException | LinkageError e) {
            log.info("The JDK's own SHA-1 is used: {}", e.toString());
        }
    }
}
