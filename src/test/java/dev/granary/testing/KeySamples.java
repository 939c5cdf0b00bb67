package dev.granary.testing;

import dev.granary.projects.ProjectService;
import dev.granary.repositories.RepositoryService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Map;

/** The sample calls about keys, passwords and addresses. */
final class KeySamples {
    private final ContractSamples.Calls calls;

    KeySamples(ContractSamples.Calls calls) {
        this.calls = calls;
    }

    void run(GranaryServer server) {
        var admin = server.admin();
        var project = server.bean(ProjectService.class).create(admin, GranaryServer.unique("keys"), "", "scrum");
        var repository =
                server.bean(RepositoryService.class).create(admin, project, GranaryServer.unique("keys"), "", 0);
        personal(repository.uuid());
        deploy(repository.id(), project.uuid());
        account(admin.uuid());
    }

    private void personal(String repositoryUuid) {
        var key = SshKeyFiles.generate("ed25519", 256);
        var legacy = calls.call("POST", "/v1/users/sshkey", Map.of("title", "one", "key", key.publicKey()));
        var second = SshKeyFiles.generate("ed25519", 256).publicKey();
        var bare = calls.call("POST", "/v4/user/keys", Map.of("title", "two", "key", second));
        calls.call("GET", "/v1/users/sshkey", null);
        calls.call("GET", "/v4/user/keys", null);
        calls.call(
                "POST",
                "/v1/users/sshkey/privatekey/verify",
                Map.of("repository_uuid", repositoryUuid, "private_key", text(key)));
        calls.call("DELETE", "/v1/users/sshkey/" + legacy.result().get("id").asString(), null);
        calls.call("DELETE", "/v4/user/keys/" + bare.json().get("id").asInt(), null);
        calls.call("GET", "/v4/user/gpg-keys", null);
    }

    private void deploy(long repository, String projectUuid) {
        var key = SshKeyFiles.generate("ed25519", 256).publicKey();
        var body = Map.of("key_title", "builder", "key", key, "can_push", true, "application", "build");
        var v1 = "/v1/repositories/" + repository + "/deploy_keys";
        var v2 = "/v2/repositories/" + repository + "/deploy-keys";
        var v4 = "/v4/repositories/" + repository + "/deploy-keys";
        var first = calls.call("POST", v1, body).result().get("key_id").asString();
        calls.call("GET", v4, null);
        calls.call("GET", "/v4/projects/" + projectUuid + "/deploy-keys", null);
        calls.call("POST", v4 + "/check-key", Map.of("key", key));
        calls.call("DELETE", v1 + "/" + first, null);
        var second = calls.call("POST", v2, body).result().get("key_id").asString();
        calls.call("DELETE", v2 + "/" + second, null);
        var third = calls.call("POST", v2, body).result().get("key_id").asString();
        calls.call("DELETE", v4 + "/" + third, null);
    }

    private void account(String uuid) {
        var password = Map.of("pwd", GranaryServer.ADMIN_PASSWORD);
        calls.call("POST", "/v1/user/" + uuid + "/validateHttpsInfo", password);
        calls.call("POST", "/v2/user/" + uuid + "/validate-https-info", password);
        calls.call("GET", "/v4/user/https-password-setting", null);
        calls.call("PUT", "/v4/user/https-password-setting", Map.of("https_clone_iam_auth", "true"));
        calls.call("GET", "/v4/user/emails", null);
        // These need a mail server; EmailApiTest has one, and its answers are held to the contract too.
        calls.madeElsewhere("v4.SendUserEmailVerifyCode");
        calls.madeElsewhere("v4.UpdateUserEmails");
    }

    private static String text(SshKeyFiles key) {
        try {
            return Files.readString(key.privateFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
