package dev.granary.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.granary.access.AccessService;
import dev.granary.access.Role;
import dev.granary.kernel.Caller;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Scope;
import dev.granary.projects.Project;
import dev.granary.projects.ProjectService;
import dev.granary.repositories.HostedRepository;
import dev.granary.repositories.RepositoryService;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.Http;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.SshKeyFiles;
import dev.granary.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.transaction.support.TransactionTemplate;

@OnBothDatabases
class DeployKeyApiTest {
    private final GranaryServer server;
    private final Caller.User manager;
    private final Http http;
    private final Project project;
    private final HostedRepository repository;
    private final SshKeyFiles files = SshKeyFiles.generate("ed25519", 256);

    DeployKeyApiTest(TestDatabase database) {
        server = GranaryServer.shared(database);
        manager = server.caller(server.newUser("deployer").name());
        http = server.http(manager.name(), GranaryServer.PASSWORD);
        project = server.bean(ProjectService.class).create(manager, GranaryServer.unique("deploys"), "", "scrum");
        repository = newRepository();
    }

    private HostedRepository newRepository() {
        return server.bean(RepositoryService.class).create(manager, project, GranaryServer.unique("repo"), "", 0);
    }

    private Http.Answer add(HostedRepository to, boolean push) {
        return http.post(
                "/v2/repositories/" + to.id() + "/deploy-keys",
                Map.of("application", "build", "can_push", push, "key", files.publicKey(), "key_title", "builder"));
    }

    @Test
    void addsListsAndRemovesKeysInEveryDialect() throws GeneralSecurityException {
        var added = http.post(
                "/v1/repositories/" + repository.id() + "/deploy_keys",
                Map.of("can_push", true, "key", files.publicKey(), "key_title", "builder"));
        assertThat(added.status()).isEqualTo(200);
        var result = added.result();
        assertThat(result.get("can_push").asBoolean()).isTrue();
        assertThat(result.get("key").asString()).isEqualTo(files.publicKey());
        assertThat(result.get("key_title").asString()).isEqualTo("builder");
        assertThat(result.get("created_at").asString()).endsWith("Z");
        var id = Long.parseLong(result.get("key_id").asString());

        var listed = http.get("/v4/repositories/" + repository.id() + "/deploy-keys");
        assertThat(listed.header("X-Total")).isEqualTo("1");
        assertThat(listed.json().get(0).get("id").asLong()).isEqualTo(id);
        assertThat(listed.json().get(0).get("fingerprint").asString()).startsWith("SHA256:");
        assertThat(server.bean(Authenticator.class).sshKey(files.parsed()))
                .contains(new Caller.DeployKey(id, "builder", Map.of(repository.id(), true)));

        var removed = http.delete("/v1/repositories/" + repository.id() + "/deploy_keys/" + id);
        assertThat(removed.result().asBoolean()).isTrue();
        assertThat(http.delete("/v2/repositories/" + repository.id() + "/deploy-keys/" + id)
                        .status())
                .isEqualTo(404);
        assertThat(server.bean(Authenticator.class).sshKey(files.parsed())).isEmpty();
        assertThat(http.post("/v4/user/keys", Map.of("title", "mine now", "key", files.publicKey()))
                        .status())
                .isEqualTo(201);
    }

    @Test
    void oneKeyOpensSeveralRepositoriesUnderOneId() throws GeneralSecurityException {
        var second = newRepository();
        var id = add(repository, true).result().get("key_id").asString();
        assertThat(add(second, false).result().get("key_id").asString()).isEqualTo(id);

        assertThat(server.bean(Authenticator.class).sshKey(files.parsed()))
                .contains(new Caller.DeployKey(
                        Long.parseLong(id), "builder", Map.of(repository.id(), true, second.id(), false)));
        var listed = http.get("/v4/projects/" + project.uuid() + "/deploy-keys");
        assertThat(listed.header("X-Total")).isEqualTo("1");
        assertThat(listed.json()).hasSize(1);

        assertThat(http.delete("/v4/repositories/" + repository.id() + "/deploy-keys/" + id)
                        .status())
                .isEqualTo(204);
        assertThat(http.get("/v4/projects/" + project.uuid() + "/deploy-keys")
                        .json()
                        .get(0)
                        .get("id")
                        .asString())
                .isEqualTo(id);
    }

    @Test
    void refusesPeoplesKeysDoublesAndBadInput() {
        var path = "/v2/repositories/" + repository.id() + "/deploy-keys";
        add(repository, false);
        var twice = add(repository, false);
        assertThat(twice.status()).isEqualTo(409);
        assertThat(twice.errorCode()).isEqualTo("CH.080002");
        var mine = http.post("/v4/user/keys", Map.of("title", "mine", "key", files.publicKey()));
        assertThat(mine.status()).isEqualTo(409);

        var person = SshKeyFiles.generate("ed25519", 256).publicKey();
        http.post("/v4/user/keys", Map.of("title", "mine", "key", person));
        assertThat(http.post(path, Map.of("key", person, "key_title", "t")).status())
                .isEqualTo(409);
        assertThat(http.post(path, Map.of("key", "nonsense", "key_title", "t")).errorCode())
                .isEqualTo("CH.010202");
        assertThat(http.post(path, Map.of("key", person)).status()).isEqualTo(400);
        assertThat(http.post(path, Map.of("key_title", "t")).status()).isEqualTo(400);
        assertThat(http.get("/v4/repositories/" + repository.id() + "/deploy-keys")
                        .header("X-Total"))
                .isEqualTo("1");
    }

    @Test
    void tellsWhetherTheProjectKnowsAKey() {
        var second = newRepository();
        var check = "/v4/repositories/" + second.id() + "/deploy-keys/check-key";
        var body = Map.of("key", files.publicKey());
        assertThat(http.post(check, body).json().get("exists").asBoolean()).isFalse();
        add(repository, false);
        assertThat(http.post(check, body).json().get("exists").asBoolean()).isTrue();
        assertThat(http.post(check, Map.of("key", "nonsense")).status()).isEqualTo(400);
    }

    @Test
    void attachesAndDetachesAKeyOnceHoweverOften() {
        var second = newRepository();
        var id = Long.parseLong(add(repository, true).result().get("key_id").asString());
        var keys = server.bean(DeployKeys.class);

        keys.attach(manager, id, repository.id(), second.id());
        keys.attach(manager, id, repository.id(), second.id());
        var path = "/v4/repositories/" + second.id() + "/deploy-keys";
        assertThat(http.get(path).json().get(0).get("id").asLong()).isEqualTo(id);
        keys.detach(manager, id, repository.id(), second.id());
        keys.detach(manager, id, repository.id(), second.id());
        assertThat(http.get(path).header("X-Total")).isEqualTo("0");

        assertThatThrownBy(() -> keys.attach(manager, id, second.id(), repository.id()))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo(ErrorCode.KEY_NOT_FOUND));
        var stranger = server.caller(server.newUser("stranger").name());
        assertThatThrownBy(() -> keys.attach(stranger, id, repository.id(), second.id()))
                .isInstanceOf(Problem.class);
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void onlyProjectManagersSeeAndChangeDeployKeys(Role role) {
        var name = server.newUser("member").name();
        var member = server.caller(name);
        server.bean(TransactionTemplate.class)
                .executeWithoutResult(_ -> server.bean(AccessService.class)
                        .assign(server.admin().id(), new Scope.Project(project.id()), member.id(), role));
        var asMember = server.http(name, GranaryServer.PASSWORD);
        var allowed = role == Role.PROJECT_MANAGER;

        var path = "/v4/repositories/" + repository.id() + "/deploy-keys";
        assertThat(asMember.get(path).status()).isEqualTo(allowed ? 200 : 403);
        assertThat(asMember.get("/v4/projects/" + project.uuid() + "/deploy-keys")
                        .status())
                .isEqualTo(allowed ? 200 : 403);
        var added = asMember.post(
                "/v2/repositories/" + repository.id() + "/deploy-keys",
                Map.of("key", files.publicKey(), "key_title", "t"));
        assertThat(added.status()).isEqualTo(allowed ? 200 : 403);
    }

    @Test
    void tellsOutsidersNothing() {
        var outsider = server.http(server.newUser("outsider").name(), GranaryServer.PASSWORD);
        var path = "/v4/repositories/" + repository.id() + "/deploy-keys";
        assertThat(server.asNobody().get(path).status()).isEqualTo(401);
        var hidden = outsider.get(path);
        assertThat(hidden.status()).isEqualTo(404);
        assertThat(outsider.get("/v4/repositories/2147483647/deploy-keys").json())
                .isEqualTo(hidden.json());
        var hiddenProject = outsider.get("/v4/projects/" + project.uuid() + "/deploy-keys");
        assertThat(hiddenProject.status()).isEqualTo(404);
        assertThat(outsider.get("/v4/projects/" + "0".repeat(32) + "/deploy-keys")
                        .json())
                .isEqualTo(hiddenProject.json());
        assertThat(server.asNobody()
                        .get("/v4/projects/" + project.uuid() + "/deploy-keys")
                        .status())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @EnumSource
    void saysWhetherAPrivateKeyOpensARepository(KeyType type) throws IOException {
        var own = SshKeyFiles.generate(type.name, type.bits);
        var body = Map.of("repository_uuid", repository.uuid(), "private_key", Files.readString(own.privateFile()));
        assertThat(verify(http, body).result().asString()).isEqualTo("verificationFailed");
        http.post("/v4/user/keys", Map.of("title", "mine", "key", own.publicKey()));
        assertThat(verify(http, body).result().asString()).isEqualTo("verificationPassed");

        var outsider = server.http(server.newUser("outsider").name(), GranaryServer.PASSWORD);
        assertThat(verify(outsider, body).status()).isEqualTo(404);
        assertThat(verify(server.asNobody(), body).status()).isEqualTo(401);
    }

    enum KeyType {
        ED25519("ed25519", 256),
        ECDSA("ecdsa", 256),
        RSA("rsa", 2048);

        final String name;
        final int bits;

        KeyType(String name, int bits) {
            this.name = name;
            this.bits = bits;
        }
    }

    @Test
    void anothersPublicKeyBesideAPrivateKeyProvesNothing() throws IOException {
        var victim = SshKeyFiles.generate("ed25519", 256);
        http.post("/v4/user/keys", Map.of("title", "mine", "key", victim.publicKey()));
        var forged = Files.readString(SshKeyFiles.generate("ed25519", 256).privateFile());
        var lines = forged.lines().toList();
        var body = Base64.getMimeDecoder().decode(String.join("", lines.subList(1, lines.size() - 1)));
        var stolen =
                Arrays.copyOfRange(Base64.getDecoder().decode(victim.publicKey().split(" ")[1]), 19, 51);
        var own = Arrays.copyOfRange(body, 62, 94);
        for (var at = 0; at + 32 <= body.length; at++) {
            if (Arrays.equals(body, at, at + 32, own, 0, 32)) {
                System.arraycopy(stolen, 0, body, at, 32);
            }
        }
        var text = lines.getFirst() + "\n" + Base64.getMimeEncoder().encodeToString(body) + "\n" + lines.getLast();
        assertThat(text).isNotEqualTo(forged);

        var answer = verify(http, Map.of("repository_uuid", repository.uuid(), "private_key", text));
        assertThat(answer.text()).doesNotContain("verificationPassed");
    }

    @Test
    void refusesEncryptedPrivateKeys() throws IOException, InterruptedException {
        var file = SshKeyFiles.generate("ed25519", 256).privateFile();
        var process = new ProcessBuilder(
                        "ssh-keygen", "-q", "-p", "-P", "", "-N", "a passphrase", "-f", file.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor()).isZero();
        var refused = verify(http, Map.of("repository_uuid", repository.uuid(), "private_key", Files.readString(file)));
        assertThat(refused.status()).isEqualTo(400);
    }

    @Test
    void refusesWhatIsNoPrivateKeyWithoutRepeatingIt() {
        var text = "-----BEGIN OPENSSH PRIVATE KEY-----\nc2VjcmV0LXNlY3JldA==\n-----END OPENSSH PRIVATE KEY-----";
        for (var key : new String[] {text, "nonsense", files.publicKey()}) {
            var refused = verify(http, Map.of("repository_uuid", repository.uuid(), "private_key", key));
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.text()).doesNotContain("c2Vj");
        }
        assertThat(verify(http, Map.of("repository_uuid", repository.uuid())).status())
                .isEqualTo(400);
    }

    private static Http.Answer verify(Http client, Map<String, String> body) {
        return client.post("/v1/users/sshkey/privatekey/verify", body);
    }
}
