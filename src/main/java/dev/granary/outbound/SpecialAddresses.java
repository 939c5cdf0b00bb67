package dev.granary.outbound;

import dev.granary.kernel.AddressRange;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Addresses that are not public: after the registries of special-purpose addresses (RFC 6890 and its successors). */
final class SpecialAddresses {
    private static final List<AddressRange> IPV4 = networks(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4");

    /** All public addresses of IPv6 are in here... */
    private static final AddressRange GLOBAL = AddressRange.network("network", "2000::/3");

    /** ...but for these: protocols such as Teredo, documentation. */
    private static final List<AddressRange> IPV6 = networks("2001::/23", "2001:db8::/32", "3fff::/20");

    private static final AddressRange NAT64 = AddressRange.network("network", "64:ff9b::/96");
    private static final AddressRange SIX_TO_FOUR = AddressRange.network("network", "2002::/16");
    private static final AddressRange COMPATIBLE = AddressRange.network("network", "::/96");
    private static final AddressRange TRANSLATED = AddressRange.network("network", "::ffff:0:0:0/96");

    private static final int IPV4_BYTES = 4;
    private static final int SIX_TO_FOUR_BEGIN = 2;
    private static final int LAST_FOUR = 12;
    private static final int ISATAP_BEGIN = 8;
    private static final byte[] ISATAP = {0, 0, 0x5e, (byte) 0xfe};

    private SpecialAddresses() {}

    private static List<AddressRange> networks(String... networks) {
        return Stream.of(networks)
                .map(network -> AddressRange.network("network", network))
                .toList();
    }

    /** Whether a packet to the address stays within this machine or some private network, or goes to many. */
    static boolean contains(InetAddress address) {
        if (address instanceof Inet4Address) {
            return in(IPV4, address);
        }
        var carried = carried(address);
        if (carried.isPresent()) {
            return contains(carried.get());
        }
        return !GLOBAL.contains(address) || in(IPV6, address);
    }

    private static boolean in(List<AddressRange> networks, InetAddress address) {
        return networks.stream().anyMatch(network -> network.contains(address));
    }

    /** The address of IPv4 that one of IPv6 stands for: a gateway or this machine would send the packet there. */
    static Optional<InetAddress> carried(InetAddress address) {
        var bytes = address.getAddress();
        if (bytes.length == IPV4_BYTES) {
            return Optional.empty();
        }
        if (SIX_TO_FOUR.contains(address)) {
            return Optional.of(ipv4(bytes, SIX_TO_FOUR_BEGIN));
        }
        var isatap = Arrays.copyOfRange(bytes, ISATAP_BEGIN, LAST_FOUR);
        isatap[0] &= ~0x02; // Set where the address is of global scope.
        if (NAT64.contains(address)
                || COMPATIBLE.contains(address)
                || TRANSLATED.contains(address)
                || Arrays.equals(isatap, ISATAP)) {
            return Optional.of(ipv4(bytes, LAST_FOUR));
        }
        return Optional.empty();
    }

    private static InetAddress ipv4(byte[] bytes, int begin) {
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(bytes, begin, begin + IPV4_BYTES));
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e); // Four bytes are always an address.
        }
    }
}
