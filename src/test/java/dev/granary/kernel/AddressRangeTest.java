package dev.granary.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class AddressRangeTest {
    private static boolean contains(AddressRange range, String address) {
        return range.contains(InetAddress.ofLiteral(address));
    }

    @Test
    void oneAddressIsThatOneHoweverItIsWritten() {
        var range = AddressRange.single("f", " 2001:db8:0::1 ");
        assertThat(contains(range, "2001:db8::1")).isTrue();
        assertThat(contains(range, "2001:db8::2")).isFalse();
        assertThat(contains(AddressRange.single("f", "::ffff:10.1.2.3"), "10.1.2.3"))
                .isTrue();
        assertThat(contains(AddressRange.single("f", "0.0.0.1"), "::1")).isFalse();
    }

    @Test
    void rangesHaveBothEnds() {
        var range = AddressRange.between("f", "10.0.0.250", "t", "10.0.1.5");
        for (var inside : List.of("10.0.0.250", "10.0.0.255", "10.0.1.0", "10.0.1.5")) {
            assertThat(contains(range, inside)).as(inside).isTrue();
        }
        for (var outside : List.of("10.0.0.249", "10.0.1.6", "9.0.1.0", "::a00:100")) {
            assertThat(contains(range, outside)).as(outside).isFalse();
        }
        var high = AddressRange.between("f", "2001:db8::ffff", "t", "2001:db8::1:1");
        assertThat(contains(high, "2001:db8::1:0")).isTrue();
        assertThat(contains(high, "2001:db8::fffe")).isFalse();
    }

    @Test
    void networksAreTheAddressesWithTheSameBeginning() {
        var odd = AddressRange.network("f", "192.168.77.5/19");
        assertThat(contains(odd, "192.168.64.0")).isTrue();
        assertThat(contains(odd, "192.168.95.255")).isTrue();
        assertThat(contains(odd, "192.168.96.0")).isFalse();
        assertThat(contains(odd, "192.168.63.255")).isFalse();
        assertThat(contains(AddressRange.network("f", "0.0.0.0/0"), "255.1.1.1"))
                .isTrue();
        assertThat(contains(AddressRange.network("f", "0.0.0.0/0"), "::1")).isFalse();
        assertThat(contains(AddressRange.network("f", "10.0.0.1/32"), "10.0.0.1"))
                .isTrue();
        var six = AddressRange.network("f", "2001:db8::/33");
        assertThat(contains(six, "2001:db8:7fff:ffff:ffff:ffff:ffff:ffff")).isTrue();
        assertThat(contains(six, "2001:db8:8000::")).isFalse();
    }

    @Test
    void refusesWhatIsNoAddress() {
        for (var bad : List.of(
                "",
                " ",
                "x",
                "localhost",
                "10.0.0",
                "10.0.0.256",
                "010.0.0.1.1",
                "1",
                "0x7f000001",
                "::1%eth0",
                "[::1]",
                "10.0.0.1/8",
                "1".repeat(60),
                "10.0.0.1\u0000")) {
            invalid(() -> AddressRange.single("f", bad), bad);
        }
        for (var bad : List.of("10.0.0.0", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/", "::/129", "/8", "10.0.0.0/8/8")) {
            invalid(() -> AddressRange.network("f", bad), bad);
        }
        invalid(() -> AddressRange.between("f", "10.0.0.2", "t", "10.0.0.1"), "order");
        invalid(() -> AddressRange.between("f", "10.0.0.2", "t", "::ffff:0:1"), "kinds");
        invalid(() -> AddressRange.between("f", "10.0.0.2", "t", null), "no end");
    }

    private static void invalid(Runnable check, String what) {
        assertThatThrownBy(check::run)
                .as(what)
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo(ErrorCode.INVALID_PARAMETER));
    }
}
