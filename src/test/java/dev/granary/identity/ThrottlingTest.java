package dev.granary.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.TestDatabase;
import org.junit.jupiter.api.Test;

@OnBothDatabases
class ThrottlingTest {
    private static final String PATH = "/v4/users/impersonation-tokens";

    private final GranaryServer server;

    ThrottlingTest(TestDatabase database) {
        server = GranaryServer.shared(database);
    }

    @Test
    void makesTheAddressThatGuessesWaitButNobodyElse() {
        var victim = server.newUser("victim");
        var neighbour = server.newUser("neighbour");
        for (var i = 0; i < Throttle.PAIR_LIMIT; i++) {
            assertThat(server.http(victim.name(), "wrong " + i).get(PATH).errorCode())
                    .isEqualTo("CH.090106");
        }
        var answer = server.http(victim.name(), GranaryServer.PASSWORD).get(PATH);
        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.errorCode()).isEqualTo("CH.090107");
        assertThat(Integer.parseInt(answer.header("Retry-After"))).isBetween(500, 600);

        assertThat(server.http(neighbour.name(), GranaryServer.PASSWORD)
                        .get(PATH)
                        .status())
                .isEqualTo(200);
        var elsewhere = server.bean(Authenticator.class).basic(victim.name(), GranaryServer.PASSWORD, "192.0.2.7");
        assertThat(elsewhere.name()).isEqualTo(victim.name());
    }

    @Test
    void throttlesNamesThatDoNotExistLikeThoseThatDo() {
        var name = GranaryServer.unique("nobody");
        for (var i = 0; i < Throttle.PAIR_LIMIT; i++) {
            assertThat(server.http(name, "wrong").get(PATH).errorCode()).isEqualTo("CH.090106");
        }
        assertThat(server.http(name, "wrong").get(PATH).status()).isEqualTo(429);
    }

    @Test
    void countsAWholeIpv6NetworkAsOneAddress() {
        var throttle = new Throttle(java.time.Clock.systemUTC());
        for (var i = 0; i < Throttle.PAIR_LIMIT; i++) {
            throttle.failed("someone", "2001:db8:1:2::" + i);
        }
        assertThatThrownBy(() -> throttle.check("SOMEONE", "2001:db8:1:2:ffff::1"))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo(ErrorCode.TOO_MANY_FAILURES));
        throttle.check("someone", "2001:db8:1:3::1");
        throttle.check("someone else", "2001:db8:1:2::1");
    }

    @Test
    void stopsAnAddressThatTriesManyNames() {
        var throttle = new Throttle(java.time.Clock.systemUTC());
        for (var i = 0; i < Throttle.ADDRESS_LIMIT; i++) {
            throttle.check("user" + i, "192.0.2.9");
            throttle.failed("user" + i, "192.0.2.9");
        }
        assertThatThrownBy(() -> throttle.check("fresh", "192.0.2.9")).isInstanceOf(Problem.class);
        throttle.check("fresh", "192.0.2.10");
    }

    @Test
    void forgetsFailuresAfterASuccess() {
        var throttle = new Throttle(java.time.Clock.systemUTC());
        for (var i = 0; i < Throttle.PAIR_LIMIT - 1; i++) {
            throttle.failed("user", "192.0.2.11");
        }
        throttle.succeeded("user", "192.0.2.11");
        throttle.failed("user", "192.0.2.11");
        throttle.check("user", "192.0.2.11");
    }
}
