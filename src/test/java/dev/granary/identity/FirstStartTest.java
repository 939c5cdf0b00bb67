package dev.granary.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.granary.kernel.BadSettingException;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

@OnBothDatabases
@Isolated
@ExtendWith(OutputCaptureExtension.class)
class FirstStartTest {
    private static final String ANYTHING = "/v4/users/impersonation-tokens";

    private final TestDatabase database;

    FirstStartTest(TestDatabase database) {
        this.database = database;
    }

    @Test
    void printsAddressesAndGeneratedSecretsOnceAndStoresNoneInTheClear(CapturedOutput output) throws IOException {
        try (var server = GranaryServer.start(
                database,
                "--granary.admin-password=",
                "--granary.admin-access-key=",
                "--granary.admin-secret-key=",
                "--logging.level.dev.granary=TRACE")) {
            var password = printed(output, "Password \\(shown this once\\): (\\S+)");
            var access = printed(output, "Access key: (\\S+)");
            var secret = printed(output, "Secret key \\(shown this once\\): (\\S+)");
            assertThat(output.getOut()).contains("Granary: " + server.url()).contains("git clone " + server.url());
            assertThat(output.getOut().indexOf(password))
                    .as("told as soon as it counts: a start that is cut off later must not swallow it")
                    .isLessThan(output.getOut().indexOf("Granary: "));
            assertThat(access).matches("[A-Z0-9]{20}");
            assertThat(server.http("admin", password).get(ANYTHING).status()).isEqualTo(200);
            for (var value : new String[] {password, secret}) {
                assertThat(output.getAll().split(Pattern.quote(value), -1)).hasSize(2);
                assertThat(database(server)).doesNotContain(value);
            }
        }
    }

    private static String printed(CapturedOutput output, String pattern) {
        var match = Pattern.compile(pattern).matcher(output.getOut());
        assertThat(match.find()).as(pattern).isTrue();
        return match.group(1);
    }

    /** All there is of the identity in the database: the file's bytes, or the columns that could hold a secret. */
    private static String database(GranaryServer server) throws IOException {
        var all = new StringBuilder();
        try (var files = Files.list(server.dataFolder())) {
            for (var file : files.filter(path -> path.getFileName().toString().startsWith("granary.db"))
                    .toList()) {
                all.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
        }
        server.bean(JdbcClient.class)
                .sql("SELECT u.password_hash, k.secret FROM user_account u JOIN access_key k ON k.user_id = u.id")
                .query((row, _) -> row.getString(1) + new String(row.getBytes(2), StandardCharsets.ISO_8859_1))
                .list()
                .forEach(all::append);
        assertThat(all).contains("argon2id");
        return all.toString();
    }

    @Test
    void printsNoGivenSecrets(CapturedOutput output) {
        try (var server = GranaryServer.start(database)) {
            assertThat(server.asAdmin().get(ANYTHING).status()).isEqualTo(200);
            assertThat(output.getAll())
                    .contains("Administrator: admin")
                    .doesNotContain(GranaryServer.ADMIN_PASSWORD)
                    .doesNotContain(GranaryServer.ADMIN_SECRET_KEY);
        }
    }

    @Test
    void twoNodesThatStartAtOnceOnOneDatabaseMakeOneAdministrator() throws Exception {
        assumeThat(database).as("the embedded database belongs to one process").isEqualTo(TestDatabase.POSTGRESQL);
        var settings = database.settings().toArray(String[]::new);
        var other = CompletableFuture.supplyAsync(() -> GranaryServer.start(database, settings));
        try (var one = GranaryServer.start(database, settings);
                var two = other.get()) {
            for (var server : new GranaryServer[] {one, two}) {
                assertThat(server.asAdmin().get(ANYTHING).status()).isEqualTo(200);
                for (var table : new String[] {"user_account", "account", "access_key"}) {
                    assertThat(server.bean(JdbcClient.class)
                                    .sql("SELECT COUNT(*) FROM " + table)
                                    .query(Long.class)
                                    .single())
                            .as(table)
                            .isEqualTo(1);
                }
            }
        }
    }

    @Test
    void stopsWhenAGivenValueIsBadAndNamesTheSetting() {
        assertStops("--granary.admin-password=short", "GRANARY_ADMIN_PASSWORD");
        assertStops("--granary.admin-access-key=a b", "GRANARY_ADMIN_ACCESS_KEY");
        assertStops("--granary.admin-secret-key=tiny", "GRANARY_ADMIN_SECRET_KEY");
    }

    private void assertStops(String argument, String setting) {
        assertThatThrownBy(() -> GranaryServer.start(database, argument).close())
                .isInstanceOf(BadSettingException.class)
                .hasMessageStartingWith(setting)
                .hasMessageNotContaining("short")
                .hasMessageNotContaining("tiny");
    }
}
