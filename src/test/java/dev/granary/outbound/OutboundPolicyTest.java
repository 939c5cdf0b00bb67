package dev.granary.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.granary.kernel.Problem;
import dev.granary.kernel.Settings;
import dev.granary.outbound.OutboundPolicy.Purpose;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.context.support.DefaultMessageSourceResolvable;

class OutboundPolicyTest {
    private static OutboundPolicy policy(String allowed) {
        return new OutboundPolicy(settings(allowed));
    }

    private static Settings settings(String allowed) {
        var source = new MapConfigurationPropertySource(Map.of("granary.outbound-allow", allowed));
        return new Binder(source).bindOrCreate("granary", Settings.class);
    }

    private static Consumer<Throwable> breaks(String... rules) {
        return failure -> assertThat(failure)
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> assertThat(((DefaultMessageSourceResolvable) problem.arguments()[1]).getCodes())
                                .containsAnyOf(
                                        Stream.of(rules).map("rule."::concat).toArray(String[]::new)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.1",
                "0x7f000001",
                "0x7f.1",
                "2130706433",
                "017700000001",
                "0177.0.0.1",
                "localhost",
                "LOCALHOST.",
                "x.localhost",
                "0.0.0.0",
                "0",
                "10.0.0.1",
                "100.64.0.1",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "192.0.0.8",
                "198.18.0.1",
                "203.0.113.5",
                "224.0.0.1",
                "240.0.0.1",
                "255.255.255.255",
                "[::]",
                "[::1]",
                "[::127.0.0.1]",
                "[::ffff:127.0.0.1]",
                "[::ffff:7f00:1]",
                "[::ffff:0:127.0.0.1]",
                "[64:ff9b::127.0.0.1]",
                "[64:ff9b::a9fe:a9fe]",
                "[64:ff9b:1::1]",
                "[2002:7f00:1::]",
                "[2002:a9fe:a9fe::1]",
                "[2001:0:4136:e378:8000:63bf:3fff:fdd2]",
                "[2606:4700::5efe:10.0.0.1]",
                "[2606:4700::200:5efe:127.0.0.1]",
                "[fe80::1]",
                "[fec0::1]",
                "[fc00::1]",
                "[fd00:ec2::254]",
                "[ff02::1]",
                "[2001:db8::1]",
                "[100::1]",
            })
    void keepsAwayFromWhatIsNotPublicInWhateverForm(String host) throws Exception {
        var policy = policy("");
        var url = "http://" + host + "/r.git";
        assertThatThrownBy(() -> policy.check("url", url, Purpose.WEB)).satisfies(breaks("url-address", "url"));
        assertThatThrownBy(() -> policy.require(new URI(url), Purpose.WEB))
                .isInstanceOf(ForbiddenAddressException.class);
        assertThatThrownBy(() -> policy.resolve(host)).isInstanceOf(ForbiddenAddressException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "100.63.255.255",
                "100.128.0.1",
                "172.15.0.1",
                "172.32.0.1",
                "169.253.1.1",
                "192.169.0.1",
                "223.255.255.255",
                "[2606:4700::1111]",
                "[2a00::1]",
                "[64:ff9b::1.1.1.1]",
                "[2002:101:101::]",
                "[::ffff:1.1.1.1]",
            })
    void callsPublicAddresses(String host) throws Exception {
        var policy = policy("");
        assertThat(policy.check("url", "https://" + host + ":8443/r.git", Purpose.WEB))
                .hasPort(8443);
        assertThat(policy.resolve(host)).hasSize(1);
    }

    @Test
    void callsWhatIsAllowedAndNothingBesideIt() throws Exception {
        var policy = policy(" 127.0.0.0/8, fd00:1::/32,10.1.0.0/16");
        for (var host : List.of(
                "127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "10.1.2.3", "[64:ff9b::10.1.2.3]", "[fd00:1:2::3]")) {
            assertThat(policy.check("url", "http://" + host, Purpose.WEB).getHost())
                    .isEqualTo(host);
            assertThat(policy.resolve(host)).as(host).isNotEmpty();
        }
        for (var host : List.of("10.2.0.1", "[::1]", "[fd00:2::1]", "169.254.169.254")) {
            assertThatThrownBy(() -> policy.resolve(host)).as(host).isInstanceOf(ForbiddenAddressException.class);
        }
        assertThat(policy.resolve("localhost").getFirst().isLoopbackAddress()).isTrue();
        assertThatThrownBy(() -> policy.resolve("no-such-host.invalid")).isInstanceOf(UnknownHostException.class);
    }

    @Test
    void refusesOtherFormsSchemesAndPorts() throws Exception {
        var policy = policy("");
        var bad = Map.of(
                "", "required",
                "example.com/r.git", "url-scheme",
                "git://example.com/r.git", "url-scheme",
                "file:///etc/passwd", "url-scheme",
                "http:///r.git", "url",
                "http://exa mple.com/", "url",
                "https://example.com/#x", "url",
                "http://example.com:25/", "url-port",
                "http://example.com:70000/", "url-port",
                "https://u:p@example.com/", "url-user-info");
        bad.forEach((url, rule) -> assertThatThrownBy(() -> policy.check("url", url, Purpose.WEB))
                .as(url)
                .satisfies(breaks(rule)));
        assertThatThrownBy(() -> policy.check("url", "ssh://git@example.com/r.git", Purpose.WEB))
                .satisfies(breaks("url-scheme"));
        assertThatThrownBy(() -> policy.check("url", "http://e/" + "x".repeat(2000), Purpose.WEB))
                .satisfies(breaks("length"));
        assertThatThrownBy(() -> policy.require(new URI("ftp://example.com/"), Purpose.GIT))
                .isInstanceOf(ForbiddenAddressException.class);
        assertThatThrownBy(() -> policy.require(new URI("http://example.com:23/"), Purpose.GIT))
                .isInstanceOf(ForbiddenAddressException.class);
    }

    @Test
    void takesUserInformationOutOfGitAddresses() {
        var policy = policy("");
        assertThat(policy.check("url", " https://u:p%40@example.com/g/r.git ", Purpose.GIT))
                .hasToString("https://example.com/g/r.git");
        assertThat(policy.check("url", "ssh://git:secret@example.com:22/g/r.git", Purpose.GIT))
                .hasToString("ssh://git@example.com:22/g/r.git");
        assertThat(policy.check("url", "HTTPS://example.com/@x", Purpose.GIT)).hasToString("HTTPS://example.com/@x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.1", "10.0.0.0/33", "example.com/8", "10.0.0.0/8,x"})
    void badSettingsStopTheStart(String bad) {
        assertThatThrownBy(() -> settings(bad))
                .hasRootCauseInstanceOf(Problem.class)
                .hasStackTraceContaining("GRANARY_OUTBOUND_ALLOW: ");
    }
}
