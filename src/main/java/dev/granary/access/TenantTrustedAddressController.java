package dev.granary.access;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.granary.access.TrustedAddressController.Done;
import dev.granary.access.TrustedAddressController.Range;
import dev.granary.access.TrustedAddressService.NewAddress;
import dev.granary.kernel.Caller;
import dev.granary.kernel.Page;
import dev.granary.kernel.Scope;
import dev.granary.kernel.Slice;
import java.util.Objects;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The addresses from which the account's repositories may be used; those of a repository's own list hold besides. */
@RestController
@RequestMapping("/v4/tenant/trusted-ip-addresses")
class TenantTrustedAddressController {
    private static final Scope.Account ACCOUNT = new Scope.Account();

    private final TrustedAddressService addresses;

    TenantTrustedAddressController(TrustedAddressService addresses) {
        this.addresses = addresses;
    }

    /**
     * An entry as the answers show it.
     *
     * @param userId who added it; 0 for a user who is gone
     * @param domainId the account's 32-digit id
     */
    record Entry(
            String id,
            long userId,
            String domainId,
            @JsonUnwrapped Range range) {
        static Entry of(TrustedAddress address, String account) {
            var user = Objects.requireNonNullElse(address.userId(), 0L);
            return new Entry(Long.toString(address.id()), user, account, Range.of(address));
        }
    }

    @PostMapping
    Entry addTenantTrustedIpAddress(Caller caller, @RequestBody NewAddress body) {
        return Entry.of(addresses.add(caller, ACCOUNT, body), addresses.accountUuid());
    }

    @GetMapping
    Page<Entry> listTenantTrustedIpAddresses(Caller caller, Slice slice) {
        var account = addresses.accountUuid();
        return addresses.list(caller, ACCOUNT, slice).map(address -> Entry.of(address, account));
    }

    @PutMapping("/{ip_id}")
    Entry updateTenantTrustedIpAddress(Caller caller, @PathVariable("ip_id") long ipId, @RequestBody NewAddress body) {
        return Entry.of(addresses.update(caller, ACCOUNT, ipId, body), addresses.accountUuid());
    }

    @DeleteMapping("/{ip_id}")
    Done deleteTenantTrustedIpAddress(Caller caller, @PathVariable("ip_id") long ipId) {
        addresses.delete(caller, ACCOUNT, ipId);
        return new Done("success");
    }
}
