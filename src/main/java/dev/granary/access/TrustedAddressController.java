package dev.granary.access;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.granary.access.TrustedAddressService.NewAddress;
import dev.granary.kernel.Caller;
import dev.granary.kernel.Page;
import dev.granary.kernel.Scope;
import dev.granary.kernel.Slice;
import dev.granary.kernel.Times;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The addresses from which a repository may be used. The path says projects, but its id is a repository's. */
@RestController
@RequestMapping("/v4/projects/{id}/trusted-ip-addresses")
class TrustedAddressController {
    /** Entries that people make; the other kind, 0, is that of rules which come with an installation. */
    private static final int CUSTOM = 1;

    private final TrustedAddressService addresses;

    TrustedAddressController(TrustedAddressService addresses) {
        this.addresses = addresses;
    }

    /** An entry of a repository's list as the answers show it. */
    record Entry(
            String id,
            @Nullable Long repositoryId,
            @JsonUnwrapped Range range) {
        static Entry of(TrustedAddress address) {
            return new Entry(Long.toString(address.id()), address.repositoryId(), Range.of(address));
        }
    }

    /** What every entry shows. */
    record Range(
            String ipRange,
            int ipType,
            String ipStart,
            String ipEnd,
            int viewFlag,
            int downloadFlag,
            int uploadFlag,
            String remark,
            String createdAt,
            String updatedAt,
            int orderFlag) {
        static Range of(TrustedAddress address) {
            return new Range(
                    address.text(),
                    address.ipType(),
                    address.ipStart(),
                    address.ipEnd(),
                    flag(address.viewFlag()),
                    flag(address.downloadFlag()),
                    flag(address.uploadFlag()),
                    address.remark(),
                    Times.english(address.createdAt()),
                    Times.english(address.updatedAt()),
                    CUSTOM);
        }

        private static int flag(boolean set) {
            return set ? 1 : 0;
        }
    }

    record Done(String status) {}

    @PostMapping
    Entry addTrustedIpAddress(Caller caller, @PathVariable long id, @RequestBody NewAddress body) {
        return Entry.of(addresses.add(caller, new Scope.Repository(id), body));
    }

    @GetMapping
    Page<Entry> listTrustedIpAddresses(Caller caller, @PathVariable long id, Slice slice) {
        return addresses.list(caller, new Scope.Repository(id), slice).map(Entry::of);
    }

    @PutMapping("/{ip_id}")
    Entry updateTrustedIpAddress(
            Caller caller, @PathVariable long id, @PathVariable("ip_id") long ipId, @RequestBody NewAddress body) {
        return Entry.of(addresses.update(caller, new Scope.Repository(id), ipId, body));
    }

    @DeleteMapping("/{ip_id}")
    Done deleteTrustedIpAddress(Caller caller, @PathVariable long id, @PathVariable("ip_id") long ipId) {
        addresses.delete(caller, new Scope.Repository(id), ipId);
        return new Done("success");
    }
}
