package dev.granary.kernel;

import java.math.BigInteger;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Consecutive addresses of one family.
 *
 * @param bits 32 for IPv4, 128 for IPv6
 * @param first the first address as a number
 * @param last the last one, which belongs to the range
 */
public record AddressRange(int bits, BigInteger first, BigInteger last) {
    private static final int LONGEST = 45;
    private static final Pattern FOUR_NUMBERS = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");

    /** One address. */
    public static AddressRange single(String field, @Nullable String text) {
        return of(address(field, text));
    }

    /** All addresses from one to another. */
    public static AddressRange between(
            String firstField, @Nullable String first, String lastField, @Nullable String last) {
        var from = single(firstField, first);
        var to = single(lastField, last);
        if (from.bits != to.bits || from.first.compareTo(to.first) > 0) {
            throw Problem.invalid(lastField, "address-order");
        }
        return new AddressRange(from.bits, from.first, to.first);
    }

    /** The addresses that begin as one does, written {@code 10.1.0.0/16}. */
    public static AddressRange network(String field, @Nullable String text) {
        var slash = text == null ? -1 : text.indexOf('/');
        if (text == null || slash < 0) {
            throw Problem.invalid(field, "network");
        }
        var address = of(address(field, text.substring(0, slash).strip()));
        var digits = text.substring(slash + 1).strip();
        var length = digits.matches("[0-9]{1,3}") ? Integer.parseInt(digits) : Integer.MAX_VALUE;
        if (length > address.bits) {
            throw Problem.invalid(field, "network");
        }
        var others = BigInteger.ONE.shiftLeft(address.bits - length).subtract(BigInteger.ONE);
        var first = address.first.andNot(others);
        return new AddressRange(address.bits, first, first.or(others));
    }

    /** A range of one address. */
    public static AddressRange of(InetAddress address) {
        var bytes = address.getAddress();
        var number = new BigInteger(1, bytes);
        return new AddressRange(bytes.length * Byte.SIZE, number, number);
    }

    /** Whether an address belongs to the range; one of the other family never does. */
    public boolean contains(InetAddress address) {
        var sought = of(address);
        return sought.bits == bits && first.compareTo(sought.first) <= 0 && sought.first.compareTo(last) <= 0;
    }

    /** Only literal addresses, and of IPv4 only those in four numbers: nothing is looked up, nothing is guessed. */
    private static InetAddress address(String field, @Nullable String text) {
        if (text == null || text.isBlank()) {
            throw Problem.invalid(field, "required");
        }
        var literal = text.strip();
        if (literal.length() <= LONGEST && !literal.contains("%") && !literal.startsWith("[")) {
            try {
                var address = InetAddress.ofLiteral(literal);
                if (!(address instanceof Inet4Address)
                        || literal.contains(":")
                        || FOUR_NUMBERS.matcher(literal).matches()) {
                    return address;
                }
            } catch (IllegalArgumentException e) {
                throw Problem.invalid(field, "address");
            }
        }
        throw Problem.invalid(field, "address");
    }
}
