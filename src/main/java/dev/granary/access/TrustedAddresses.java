package dev.granary.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.granary.access.TrustedAddress.Use;
import dev.granary.kernel.ClientAddress;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Scope;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;
import org.springframework.stereotype.Component;

/**
 * Decides whether a repository may be used from where the client is: both its own list and the account's have to allow
 * it; a list without entries allows everything. Lists are remembered until the number of the project's rules rises.
 */
@Component
class TrustedAddresses {
    private static final int REMEMBERED = 10_000;

    private final TrustedAddressStore store;
    private final Cache<Long, Known> known =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build();

    TrustedAddresses(TrustedAddressStore store) {
        this.store = store;
    }

    /** The account's list is one and the same in all that is remembered, as long as it does not change. */
    private volatile List<TrustedAddress> ofAccount = List.of();

    private record Known(long rulesVersion, List<TrustedAddress> addresses, List<TrustedAddress> ofAccount) {}

    /** Lets the client pass or throws {@link ErrorCode#ADDRESS_NOT_TRUSTED}. */
    void require(long repositoryId, long rulesVersion, Permission permission) {
        var lists = of(repositoryId, rulesVersion);
        require(lists.ofAccount, Use.of(permission), ErrorCode.ADDRESS_NOT_TRUSTED);
        require(lists.addresses, Use.of(permission), ErrorCode.ADDRESS_NOT_TRUSTED);
    }

    /** Whether {@link #require} lets the client pass. */
    boolean allow(long repositoryId, long rulesVersion, Permission permission) {
        var lists = of(repositoryId, rulesVersion);
        var use = Use.of(permission);
        return shutOut(lists.ofAccount, use).isEmpty()
                && shutOut(lists.addresses, use).isEmpty();
    }

    /** Tells {@link #allow} of any repository; reads all lists at once, of which there are few. */
    LongPredicate allowed(Permission permission) {
        var use = Use.of(permission);
        if (shutOut(store.list(new Scope.Account()), use).isPresent()) {
            return _ -> false;
        }
        var lists = store.ofRepositories();
        return id -> shutOut(lists.getOrDefault(id, List.of()), use).isEmpty();
    }

    /** Throws when a list has entries and none of them lets the client do something. */
    static void require(List<TrustedAddress> list, Use use, ErrorCode otherwise) {
        shutOut(list, use).ifPresent(client -> {
            throw new Problem(otherwise, client.getHostAddress());
        });
    }

    /** The client, if a list has entries and none of them lets it do something. */
    private static Optional<InetAddress> shutOut(List<TrustedAddress> list, Use use) {
        return list.isEmpty()
                ? Optional.empty()
                : ClientAddress.current().filter(client -> list.stream().noneMatch(entry -> entry.allows(client, use)));
    }

    private Known of(long repositoryId, long rulesVersion) {
        var found = known.getIfPresent(repositoryId);
        if (found == null || found.rulesVersion != rulesVersion) {
            found = new Known(rulesVersion, store.list(new Scope.Repository(repositoryId)), ofAccount());
            known.put(repositoryId, found);
        }
        return found;
    }

    private List<TrustedAddress> ofAccount() {
        var now = store.list(new Scope.Account());
        if (!now.equals(ofAccount)) {
            ofAccount = now;
        }
        return ofAccount;
    }
}
