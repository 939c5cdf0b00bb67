package dev.granary.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.kernel.Caller;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.Http;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.SshKeyFiles;
import dev.granary.testing.TestDatabase;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.transaction.support.TransactionTemplate;

@OnBothDatabases
class SshKeyApiTest {
    private final GranaryServer server;
    private final UserAccount user;
    private final Http http;

    SshKeyApiTest(TestDatabase database) {
        server = GranaryServer.shared(database);
        user = server.newUser("keys");
        http = server.http(user.name(), GranaryServer.PASSWORD);
    }

    @ParameterizedTest
    @CsvSource({"ed25519,256", "ecdsa,256", "ecdsa,384", "ecdsa,521", "rsa,2048", "rsa,4096"})
    void addsKeysOfEveryKind(String type, int bits) throws GeneralSecurityException {
        var files = SshKeyFiles.generate(type, bits);

        var added = http.post("/v1/users/sshkey", Map.of("title", "laptop", "key", files.publicKey() + "\n"));

        assertThat(added.status()).isEqualTo(200);
        assertThat(added.json().get("status").asString()).isEqualTo("success");
        var id = added.result().get("id");
        assertThat(id.isString()).isTrue();
        assertThat(id.asString()).matches("\\d+");
        assertThat(added.result().get("title").asString()).isEqualTo("laptop");
        assertThat(added.result().get("key").asString()).isEqualTo(files.publicKey());

        var owner = server.bean(Authenticator.class).sshKey(files.parsed());
        assertThat(owner).get().isInstanceOfSatisfying(Caller.User.class, caller -> {
            assertThat(caller.id()).isEqualTo(user.id());
            assertThat(caller.grants()).isEqualTo(Caller.User.ALL_GRANTS);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {SshKeyFiles.SECURITY_KEY_ED25519, SshKeyFiles.SECURITY_KEY_ECDSA})
    void addsKeysOfSecurityKeys(String key) {
        var added = http.post("/v4/user/keys", Map.of("title", "token", "key", key));
        assertThat(added.status()).isEqualTo(201);
        http.delete("/v4/user/keys/" + added.json().get("id").asInt());
    }

    @Test
    void listsAndDeletesTheCallersKeysInBothDialects() {
        var first = http.post("/v4/user/keys", Map.of("title", "Büro", "key", ed25519()))
                .json();
        var second = http.post("/v4/user/keys", Map.of("title", "home", "key", ed25519()))
                .json();
        assertThat(first.get("id").isInt()).isTrue();
        assertThat(first.get("created_at").asString())
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}[+-]\\d\\d:\\d\\d");

        var legacy = http.get("/v1/users/sshkey").result();
        assertThat(legacy.get("total").asInt()).isEqualTo(2);
        assertThat(legacy.get("sshkey").get(1).get("id").asString())
                .isEqualTo(second.get("id").asString());

        var found = http.get("/v4/user/keys?query=B%C3%9CRO").json();
        assertThat(found.get("total").asInt()).isEqualTo(1);
        assertThat(found.get("keys").get(0)).isEqualTo(first);
        var page = http.get("/v4/user/keys?offset=1&limit=1").json();
        assertThat(page.get("total").asInt()).isEqualTo(2);
        assertThat(page.get("keys").get(0)).isEqualTo(second);

        assertThat(http.delete("/v4/user/keys/" + first.get("id").asInt()).status())
                .isEqualTo(204);
        var deleted = http.delete("/v1/users/sshkey/" + second.get("id").asInt());
        assertThat(deleted.text())
                .isEqualTo(
                        "{\"result\":\"%s\",\"status\":\"success\"}",
                        second.get("id").asString());
        assertThat(deleted.header("Content-Type")).startsWith("application/json");
        assertThat(http.get("/v4/user/keys").json().get("keys")).isEmpty();
        assertThat(http.delete("/v4/user/keys/" + second.get("id").asInt()).status())
                .isEqualTo(404);
    }

    @Test
    void refusesAKeyThatAnyUserHas() {
        var key = ed25519();
        http.post("/v1/users/sshkey", Map.of("title", "mine", "key", key + " here"));
        var other = server.http(server.newUser("keys").name(), GranaryServer.PASSWORD);

        var refused = other.post("/v1/users/sshkey", Map.of("title", "theirs", "key", key + " there"));
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().toString())
                .isEqualTo("{\"error\":{\"code\":\"CH.080002\",\"message\":"
                        + "\"This key already exists. Generate another key.\"},\"status\":\"failed\"}");
        var chinese = other.with("X-Language", "zh-cn").post("/v1/users/sshkey", Map.of("title", "theirs", "key", key));
        assertThat(chinese.errorText()).isEqualTo("此密钥已存在,请重新生成密钥");
        var bare = other.post("/v4/user/keys", Map.of("title", "theirs", "key", key));
        assertThat(bare.status()).isEqualTo(409);
        assertThat(bare.json().get("error_code").asString()).isEqualTo("CH.080002");
        assertThat(other.get("/v1/users/sshkey").result().get("total").asInt()).isZero();
    }

    @Test
    void saysWhichPartIsMissing() {
        var noTitle = http.with("X-Language", "zh-cn").post("/v1/users/sshkey", Map.of("key", ed25519()));
        assertThat(noTitle.status()).isEqualTo(400);
        assertThat(noTitle.errorCode()).isEqualTo("CH.080002");
        assertThat(noTitle.errorText()).isEqualTo("title不能为空");
        assertThat(http.post("/v1/users/sshkey", Map.of("title", " ", "key", ed25519()))
                        .errorText())
                .isEqualTo("title is empty");

        for (var language : new String[] {"zh-cn", "en-us"}) {
            var noKey = http.with("X-Language", language).post("/v1/users/sshkey", Map.of("title", "laptop"));
            assertThat(noKey.status()).isEqualTo(400);
            assertThat(noKey.errorCode()).isEqualTo("CH.080002");
            assertThat(noKey.errorText()).isEqualTo("key is empty");
        }
        assertThat(http.get("/v1/users/sshkey").result().get("total").asInt()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "ssh-ed25519 !!!!",
                "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA",
                "ssh-rsa AAAAC3NzaC1lZDI1NTE5AAAAIHN1Y2ggYSBsb3ZlbHkga2V5IHdpdGggMzIgYnl0ZXM=",
                "ssh-dss AAAAB3NzaC1kc3MAAACBAOk=",
                "AAAAC3NzaC1lZDI1NTE5AAAA"
            })
    void refusesWhatIsNoKey(String key) {
        refusesKey(key);
    }

    @Test
    void refusesWeakKeysOptionsAndSeveralLines() {
        refusesKey(SshKeyFiles.generate("rsa", 1024).publicKey());
        refusesKey("command=\"true\" " + ed25519());
        refusesKey(ed25519() + "\n" + ed25519());
        refusesKey(ed25519().replace("AAAAC3", "AAAAC4"));
    }

    private void refusesKey(String key) {
        var refused = http.post("/v1/users/sshkey", Map.of("title", "laptop", "key", key));
        assertThat(refused.status()).as(key).isEqualTo(200);
        assertThat(refused.json().get("status").asString()).isEqualTo("failed");
        assertThat(refused.json().has("result")).isFalse();
        assertThat(refused.errorCode()).isEqualTo("CH.010202");
        var chinese = http.with("X-Language", "zh-cn").post("/v1/users/sshkey", Map.of("title", "laptop", "key", key));
        assertThat(chinese.errorText()).isEqualTo("密钥添加失败,请检查密钥是否有效");
        var bare = http.post("/v4/user/keys", Map.of("title", "laptop", "key", key));
        assertThat(bare.status()).isEqualTo(400);
        assertThat(bare.errorCode()).isEqualTo("CH.010202");
        assertThat(http.get("/v4/user/keys").json().get("total").asInt()).isZero();
    }

    @Test
    void boundsTitlesAndKeys() {
        var longest = http.post("/v1/users/sshkey", Map.of("title", "t".repeat(255), "key", ed25519()));
        assertThat(longest.json().get("status").asString()).isEqualTo("success");
        var title = http.post("/v1/users/sshkey", Map.of("title", "t".repeat(256), "key", ed25519()));
        assertThat(title.status()).isEqualTo(400);
        assertThat(title.errorText()).contains("title");
        var control = http.post("/v1/users/sshkey", Map.of("title", "a\u0000b", "key", ed25519()));
        assertThat(control.errorCode()).isEqualTo("CH.010202");
        var key = http.post("/v1/users/sshkey", Map.of("title", "t", "key", ed25519() + " " + "c".repeat(2048)));
        assertThat(key.status()).isEqualTo(400);
        assertThat(key.errorText()).contains("key");
    }

    @Test
    void answersOnlyThoseWhoSignIn() {
        var nobody = server.asNobody();
        assertThat(nobody.get("/v1/users/sshkey").status()).isEqualTo(401);
        assertThat(nobody.post("/v4/user/keys", Map.of("title", "t", "key", ed25519()))
                        .status())
                .isEqualTo(401);
        var id = http.post("/v4/user/keys", Map.of("title", "t", "key", ed25519()))
                .json()
                .get("id")
                .asInt();
        assertThat(nobody.delete("/v4/user/keys/" + id).status()).isEqualTo(401);
        assertThat(server.asAdmin().delete("/v1/users/sshkey/" + id).status()).isEqualTo(404);
        assertThat(http.get("/v4/user/keys").json().get("total").asInt()).isEqualTo(1);
    }

    @Test
    void refusesAccessTokensWithoutTheApiScope() {
        var token = http.post(
                        "/v4/users/impersonation-tokens",
                        Map.of("name", "git", "scopes", List.of("read_repository", "write_repository")))
                .json()
                .get("token")
                .asString();
        var weak = server.http(user.name(), token);
        for (var answer : List.of(
                weak.post("/v4/user/keys", Map.of("title", "t", "key", ed25519())), weak.get("/v4/user/keys"))) {
            assertThat(answer.status()).isEqualTo(403);
        }
        assertThat(http.get("/v4/user/keys").json().get("total").asInt()).isZero();
    }

    @Test
    void boundsTheNumberOfKeys() {
        var store = server.bean(SshKeyStore.class);
        server.bean(TransactionTemplate.class).executeWithoutResult(_ -> {
            for (var count = 0; count < SshKeys.MOST; count++) {
                var fingerprint = "SHA256:" + user.name() + count;
                store.insert(user.id(), "many", new SshPublicKey("ssh-ed25519 AAAA", fingerprint), 1);
            }
        });
        var refused = http.post("/v4/user/keys", Map.of("title", "t", "key", ed25519()));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.errorText()).contains("100");
    }

    @Test
    void letsInNobodyWithAnUnknownKeyAndRecordsTheLastUse() throws GeneralSecurityException {
        var files = SshKeyFiles.generate("ed25519", 256);
        assertThat(server.bean(Authenticator.class).sshKey(files.parsed())).isEmpty();
        http.post("/v1/users/sshkey", Map.of("title", "laptop", "key", files.publicKey()));
        var store = server.bean(SshKeyStore.class);
        assertThat(store.ofUser(user.id()).getFirst().lastUsedAt()).isNull();

        var before = System.currentTimeMillis();
        server.bean(SshKeys.class).used(files.parsed());
        var first = store.ofUser(user.id()).getFirst().lastUsedAt();
        assertThat(first).isBetween(before, System.currentTimeMillis());
        server.bean(SshKeys.class).used(files.parsed());
        assertThat(store.ofUser(user.id()).getFirst().lastUsedAt()).isEqualTo(first);
    }

    private static String ed25519() {
        return SshKeyFiles.generate("ed25519", 256).publicKey();
    }
}
