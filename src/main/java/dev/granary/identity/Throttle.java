package dev.granary.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import org.springframework.stereotype.Component;

/**
 * Slows down the guessing of passwords. It counts failures by user and address together, so that nobody can lock a user
 * out from elsewhere, and by address alone, so that trying many names does not help. Tokens and signatures are not
 * throttled: their secrets cannot be guessed, and an outdated one in a build job would lock its whole network out.
 */
@Component
class Throttle {
    /** How many wrong passwords one address may send for one user. */
    static final int PAIR_LIMIT = 10;

    /** How many wrong passwords one address may send for all users together. */
    static final int ADDRESS_LIMIT = 200;

    private static final Duration WINDOW = Duration.ofMinutes(10);
    private static final int MOST_COUNTERS = 100_000;
    private static final int NETWORK_BYTES = 8;
    private static final int LONGEST_NAME = 64;

    private final Clock clock;
    private final Cache<String, Failures> pairs = counters();
    private final Cache<String, Failures> addresses = counters();

    Throttle(Clock clock) {
        this.clock = clock;
    }

    private record Failures(long firstAt, int count) {}

    private static Cache<String, Failures> counters() {
        return Caffeine.newBuilder()
                .expireAfterWrite(WINDOW)
                .maximumSize(MOST_COUNTERS)
                .build();
    }

    /** Throws {@link ErrorCode#TOO_MANY_FAILURES}, with the seconds to wait, once a limit is reached. */
    void check(String name, String address) {
        var network = network(address);
        var wait = Math.max(
                wait(pairs.getIfPresent(pair(name, network)), PAIR_LIMIT),
                wait(addresses.getIfPresent(network), ADDRESS_LIMIT));
        if (wait > 0) {
            throw new Problem(ErrorCode.TOO_MANY_FAILURES, wait);
        }
    }

    void failed(String name, String address) {
        var network = network(address);
        count(pairs, pair(name, network));
        count(addresses, network);
    }

    /** Clears the pair's count; the address's stays, or an attacker's own log-in would wipe it. */
    void succeeded(String name, String address) {
        pairs.invalidate(pair(name, network(address)));
    }

    private long wait(@org.jspecify.annotations.Nullable Failures failures, int limit) {
        if (failures == null || failures.count() < limit) {
            return 0;
        }
        var left = failures.firstAt() + WINDOW.toMillis() - clock.millis();
        return left <= 0 ? 0 : Math.ceilDiv(left, 1000L);
    }

    private void count(Cache<String, Failures> counters, String key) {
        var now = clock.millis();
        counters.asMap()
                .merge(
                        key,
                        new Failures(now, 1),
                        (old, fresh) -> now - old.firstAt() >= WINDOW.toMillis()
                                ? fresh
                                : new Failures(old.firstAt(), old.count() + 1));
    }

    private static String pair(String name, String network) {
        return UserStore.key(name.substring(0, Math.min(name.length(), LONGEST_NAME))) + "\0" + network;
    }

    /** The address itself, or the /64 network of an IPv6 address: one customer holds all of that. */
    private static String network(String address) {
        if (address.indexOf(':') < 0) {
            return address;
        }
        try {
            var literal = address.replaceAll("%.*", "").replace("[", "").replace("]", "");
            var bytes = InetAddress.ofLiteral(literal).getAddress();
            return HexFormat.of().formatHex(Arrays.copyOf(bytes, NETWORK_BYTES));
        } catch (IllegalArgumentException e) {
            return address;
        }
    }
}
