package dev.granary.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.testing.GranaryServer;
import dev.granary.testing.Http;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@OnBothDatabases
class GpgKeyApiTest {
    private static final String PATH = "/v4/user/gpg-keys";

    private final GranaryServer server;
    private final UserAccount user;
    private final Http http;

    @TempDir
    Path home;

    GpgKeyApiTest(TestDatabase database) {
        server = GranaryServer.shared(database);
        user = server.newUser("gpg");
        http = server.http(user.name(), GranaryServer.PASSWORD);
    }

    /** Runs the real gpg. */
    private String gpg(String... arguments) throws IOException, InterruptedException {
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx------"));
        var command =
                new ArrayList<>(List.of("gpg", "--homedir", home.toString(), "--batch", "--quiet", "--passphrase", ""));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(String.join(" ", command)).isZero();
        return output;
    }

    private String newKey(String id) throws IOException, InterruptedException {
        gpg("--quick-gen-key", id, "ed25519", "sign", "1y");
        var fingerprint = fingerprint(id);
        gpg("--quick-add-key", fingerprint, "cv25519", "encr");
        return gpg("--armor", "--export", fingerprint);
    }

    private String fingerprint(String id) throws IOException, InterruptedException {
        return gpg("--with-colons", "--list-keys", id)
                .lines()
                .filter(line -> line.startsWith("fpr:"))
                .findFirst()
                .orElseThrow()
                .split(":")[9];
    }

    @Test
    void addsListsAndDeletesKeys() throws IOException, InterruptedException {
        assertThat(http.get(PATH).json().get("id").isNull()).isTrue();
        var email = user.email();
        var key = newKey("Somebody <" + email + ">");
        gpg("--quick-add-uid", email, "Other <other@example.org>");
        key = gpg("--armor", "--export", email);

        var added = http.post(PATH, Map.of("title", "Work", "description", "signs commits", "key", key));
        assertThat(added.status()).isEqualTo(201);
        var json = added.json();
        assertThat(json.get("title").asString()).isEqualTo("Work");
        assertThat(json.get("fingerprint").asString()).isEqualTo(fingerprint(email));
        assertThat(json.get("fingerprint").asString())
                .endsWith(json.get("primary_keyid").asString());
        assertThat(json.get("active").asBoolean()).isTrue();
        assertThat(json.get("key").asString()).isEqualTo(key.strip());
        assertThat(json.get("emails_with_verified_status").toString())
                .contains("\"" + email + "\":true")
                .contains("\"other@example.org\":false");
        assertThat(json.get("subkeys")).hasSize(1);
        assertThat(json.get("subkeys").get(0).get("gpg_key_id")).isEqualTo(json.get("id"));

        assertThat(http.get(PATH + "?query=wOR").json()).isEqualTo(json);
        assertThat(http.get(PATH + "?query=home").json().get("id").isNull()).isTrue();
        var all = http.get(PATH + "/all");
        assertThat(all.header("X-Total")).isEqualTo("1");
        assertThat(all.json().get(0)).isEqualTo(json);

        var other = server.http(server.newUser("gpg").name(), GranaryServer.PASSWORD);
        assertThat(other.post(PATH, Map.of("title", "stolen", "key", key)).status())
                .isEqualTo(409);
        var id = json.get("id").asInt();
        assertThat(other.delete(PATH + "/" + id).status()).isEqualTo(404);
        assertThat(server.asNobody().delete(PATH + "/" + id).status()).isEqualTo(401);
        assertThat(http.delete(PATH + "/" + id).status()).isEqualTo(204);
        assertThat(http.get(PATH + "/all").header("X-Total")).isEqualTo("0");
    }

    @Test
    void refusesWhatIsNotOnePublicKey() throws IOException, InterruptedException {
        var key = newKey("Anybody <anybody@example.com>");
        var secret = gpg("--armor", "--export-secret-keys", "anybody@example.com");
        newKey("Second <second@example.com>");
        var two = gpg("--armor", "--export");
        for (var bad : List.of("nonsense", secret, two, key.replaceAll("(?m)^m", "n"), key.substring(0, 200))) {
            var refused = http.post(PATH, Map.of("title", "t", "key", bad));
            assertThat(refused.status()).as(bad).isEqualTo(400);
            assertThat(refused.errorCode()).isEqualTo("CH.090305");
            assertThat(refused.text()).doesNotContain("BEGIN");
        }
        assertThat(http.post(PATH, Map.of("key", key)).errorText()).contains("title");
        assertThat(http.post(PATH, Map.of("title", "t")).errorText()).contains("key");
        assertThat(http.post(PATH, Map.of("title", "t", "key", "x".repeat(70_000)))
                        .status())
                .isEqualTo(400);
        assertThat(server.asNobody()
                        .post(PATH, Map.of("title", "t", "key", key))
                        .status())
                .isEqualTo(401);
        assertThat(server.asNobody().get(PATH).status()).isEqualTo(401);
        assertThat(http.get(PATH + "/all").header("X-Total")).isEqualTo("0");
    }
}
