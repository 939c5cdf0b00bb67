package dev.granary.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.granary.access.TrustedAddress.Use;
import dev.granary.kernel.ClientAddress;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Decides whether a repository may be used from where the client is. A repository without a list may be from anywhere.
 * Lists are remembered until the number of the project's rules rises.
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

    private record Known(long rulesVersion, List<TrustedAddress> addresses) {}

    /** Lets the client pass or throws {@link ErrorCode#ADDRESS_NOT_TRUSTED}. */
    void require(long repositoryId, long rulesVersion, Permission permission) {
        require(of(repositoryId, rulesVersion), Use.of(permission), ErrorCode.ADDRESS_NOT_TRUSTED);
    }

    /** Throws when a list has entries and none of them lets the client do something. */
    static void require(List<TrustedAddress> list, Use use, ErrorCode otherwise) {
        if (list.isEmpty()) {
            return;
        }
        var client = ClientAddress.current();
        if (client.isPresent() && list.stream().noneMatch(entry -> entry.allows(client.get(), use))) {
            throw new Problem(otherwise, client.get().getHostAddress());
        }
    }

    private List<TrustedAddress> of(long repositoryId, long rulesVersion) {
        var found = known.getIfPresent(repositoryId);
        if (found == null || found.rulesVersion != rulesVersion) {
            found = new Known(rulesVersion, store.list(repositoryId));
            known.put(repositoryId, found);
        }
        return found.addresses;
    }
}
