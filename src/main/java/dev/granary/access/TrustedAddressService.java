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

/**
 * Changes the lists of addresses from which repositories may be used. A scope is a repository, or the account: its list is
 * about all repositories.
 */
@Service
class TrustedAddressService {
    /** The most entries a list may have. */
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

    TrustedAddress add(Caller caller, Scope scope, NewAddress address) {
        require(caller, scope);
        var now = clock.millis();
        if (address.ipType() == null) {
            throw Problem.invalid("ip_type", "required");
        }
        var user = caller instanceof Caller.User known ? Long.valueOf(known.id()) : null;
        var repository = scope instanceof Scope.Account ? null : Long.valueOf(scope.id());
        var empty = new TrustedAddress(0, repository, user, 0, "", "", false, false, false, "", now, now);
        var entry = merged(empty, address);
        return change(scope, () -> {
            if (store.count(scope) >= MOST) {
                throw new Problem(ErrorCode.TOO_MANY_ADDRESSES, MOST);
            }
            return store.insert(entry);
        });
    }

    Page<TrustedAddress> list(Caller caller, Scope scope, Slice slice) {
        require(caller, scope);
        return store.list(scope, slice);
    }

    TrustedAddress update(Caller caller, Scope scope, long id, NewAddress address) {
        require(caller, scope);
        return change(scope, () -> store.update(merged(find(scope, id), address)));
    }

    void delete(Caller caller, Scope scope, long id) {
        require(caller, scope);
        change(scope, () -> {
            var entry = find(scope, id);
            store.delete(entry);
            return entry;
        });
    }

    /** The 32-digit id of the account. */
    String accountUuid() {
        return store.accountUuid();
    }

    private void require(Caller caller, Scope scope) {
        access.require(caller, scope, Permission.REPOSITORY_SETTINGS);
    }

    private TrustedAddress find(Scope scope, long id) {
        return store.find(scope, id).orElseThrow(() -> new Problem(ErrorCode.ADDRESS_NOT_FOUND));
    }

    /** A change after which its author could not undo it is refused. */
    private <T> T change(Scope scope, Supplier<T> change) {
        return Objects.requireNonNull(transaction.execute(_ -> {
            store.raiseVersion(scope);
            var changed = change.get();
            TrustedAddresses.require(store.list(scope), Use.VIEW, ErrorCode.ADDRESS_SHUTS_OUT);
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
                old.userId(),
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
