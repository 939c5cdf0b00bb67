package dev.granary.access;

import dev.granary.access.TrustedAddress.Use;
import dev.granary.kernel.Caller;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Page;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Scope;
import dev.granary.kernel.Slice;
import dev.granary.kernel.Texts;
import java.time.Clock;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Changes the lists of addresses from which repositories may be used. */
@Service
class TrustedAddressService {
    /** The most entries a repository may have. */
    static final int MOST = 200;

    private static final int LONGEST_REMARK = 200;

    private final TrustedAddressStore store;
    private final AccessService access;
    private final TransactionTemplate transaction;
    private final Clock clock;

    TrustedAddressService(
            TrustedAddressStore store, AccessService access, TransactionTemplate transaction, Clock clock) {
        this.store = store;
        this.access = access;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * An entry to add, or the change of one, where what is absent stays as it is.
     *
     * @param ipType 0 one address, 1 those from one to another, 2 a network such as {@code 10.1.0.0/16}
     * @param viewFlag 0 or 1; absent in a new entry: 0, as the other flags
     */
    record NewAddress(
            @Nullable Integer ipType,
            @Nullable String ipStart,
            @Nullable String ipEnd,
            @Nullable Integer viewFlag,
            @Nullable Integer downloadFlag,
            @Nullable Integer uploadFlag,
            @Nullable String remark) {}

    TrustedAddress add(Caller caller, long repositoryId, NewAddress address) {
        require(caller, repositoryId);
        var now = clock.millis();
        if (address.ipType() == null) {
            throw Problem.invalid("ip_type", "required");
        }
        var empty = new TrustedAddress(0, repositoryId, 0, "", "", false, false, false, "", now, now);
        var entry = merged(empty, address);
        return change(repositoryId, () -> {
            if (store.count(repositoryId) >= MOST) {
                throw new Problem(ErrorCode.TOO_MANY_ADDRESSES, MOST);
            }
            return store.insert(entry);
        });
    }

    Page<TrustedAddress> list(Caller caller, long repositoryId, Slice slice) {
        require(caller, repositoryId);
        return store.list(repositoryId, slice);
    }

    TrustedAddress update(Caller caller, long repositoryId, long id, NewAddress address) {
        require(caller, repositoryId);
        return change(repositoryId, () -> store.update(merged(find(repositoryId, id), address)));
    }

    void delete(Caller caller, long repositoryId, long id) {
        require(caller, repositoryId);
        change(repositoryId, () -> {
            find(repositoryId, id);
            return store.delete(repositoryId, id);
        });
    }

    private void require(Caller caller, long repositoryId) {
        access.require(caller, new Scope.Repository(repositoryId), Permission.REPOSITORY_SETTINGS);
    }

    private TrustedAddress find(long repositoryId, long id) {
        return store.find(repositoryId, id).orElseThrow(() -> new Problem(ErrorCode.ADDRESS_NOT_FOUND));
    }

    /** A change after which its author could not undo it is refused. */
    private <T> T change(long repositoryId, Supplier<T> change) {
        return Objects.requireNonNull(transaction.execute(_ -> {
            store.raiseVersion(repositoryId);
            var changed = change.get();
            TrustedAddresses.require(store.list(repositoryId), Use.VIEW, ErrorCode.ADDRESS_SHUTS_OUT);
            return changed;
        }));
    }

    private TrustedAddress merged(TrustedAddress old, NewAddress address) {
        var type = Objects.requireNonNullElse(address.ipType(), old.ipType());
        if (type < TrustedAddress.SINGLE || type > TrustedAddress.NETWORK) {
            throw Problem.invalid("ip_type", "one-of", "0, 1, 2");
        }
        var merged = new TrustedAddress(
                old.id(),
                old.repositoryId(),
                type,
                Objects.requireNonNullElse(address.ipStart(), old.ipStart()).strip(),
                type == TrustedAddress.BETWEEN
                        ? Objects.requireNonNullElse(address.ipEnd(), old.ipEnd())
                                .strip()
                        : "",
                flag("view_flag", address.viewFlag(), old.viewFlag()),
                flag("download_flag", address.downloadFlag(), old.downloadFlag()),
                flag("upload_flag", address.uploadFlag(), old.uploadFlag()),
                address.remark() == null ? old.remark() : Texts.line("remark", address.remark(), 0, LONGEST_REMARK),
                old.createdAt(),
                clock.millis());
        merged.range();
        return merged;
    }

    private static boolean flag(String field, @Nullable Integer flag, boolean old) {
        if (flag != null && flag != 0 && flag != 1) {
            throw Problem.invalid(field, "one-of", "0, 1");
        }
        return flag == null ? old : flag == 1;
    }
}
