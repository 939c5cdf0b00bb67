package dev.granary.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.huaweicloud.sdk.codehub.v3.CodeHubClient;
import com.huaweicloud.sdk.codehub.v3.model.AddDeployKeyRequestBody;
import com.huaweicloud.sdk.codehub.v3.model.AddDeployKeyV2Request;
import com.huaweicloud.sdk.codehub.v3.model.AddSshKeyRequest;
import com.huaweicloud.sdk.codehub.v3.model.AddSshKeyRequestBody;
import com.huaweicloud.sdk.codehub.v3.model.DeleteDeployKeyV2Request;
import com.huaweicloud.sdk.codehub.v3.model.DeleteSShkeyRequest;
import com.huaweicloud.sdk.codehub.v3.model.ListSshKeysRequest;
import com.huaweicloud.sdk.codehub.v3.model.PasswordRequest;
import com.huaweicloud.sdk.codehub.v3.model.PublicKey;
import com.huaweicloud.sdk.codehub.v3.model.ValidateHttpsInfoV2Request;
import com.huaweicloud.sdk.core.auth.BasicCredentials;
import com.huaweicloud.sdk.core.exception.ServiceResponseException;
import dev.granary.projects.ProjectService;
import dev.granary.repositories.RepositoryService;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.SshKeyFiles;
import dev.granary.testing.TestDatabase;
import org.junit.jupiter.api.Test;

/** Keys through the official SDK, signed with an access key. */
@OnBothDatabases
class KeySdkTest {
    private final GranaryServer server;
    private final CodeHubClient codeHub;
    private final String key = SshKeyFiles.generate("ed25519", 256).publicKey();

    KeySdkTest(TestDatabase database) {
        server = GranaryServer.shared(database);
        codeHub = CodeHubClient.newBuilder()
                .withCredential(new BasicCredentials()
                        .withAk(GranaryServer.ADMIN_ACCESS_KEY)
                        .withSk(GranaryServer.ADMIN_SECRET_KEY)
                        .withProjectId("0123456789abcdef0123456789abcdef"))
                .withEndpoint(server.url())
                .build();
    }

    private AddSshKeyRequest adding(String title) {
        return new AddSshKeyRequest()
                .withBody(new AddSshKeyRequestBody().withTitle(title).withKey(key));
    }

    @Test
    void addsListsAndDeletesAnSshKey() {
        var added = codeHub.addSshKey(adding("sdk"));
        assertThat(added.getStatus()).isEqualTo("success");
        assertThat(added.getResult().getKey()).isEqualTo(key);
        var id = added.getResult().getId();
        assertThat(codeHub.listSshKeys(new ListSshKeysRequest()).getResult().getSshkey())
                .extracting(PublicKey::getId)
                .contains(id);
        assertThatThrownBy(() -> codeHub.addSshKey(adding("again")))
                .isInstanceOfSatisfying(ServiceResponseException.class, failure -> {
                    assertThat(failure.getHttpStatusCode()).isEqualTo(409);
                    assertThat(failure.getErrorCode()).isEqualTo("CH.080002");
                });
        var invalid = codeHub.addSshKey(new AddSshKeyRequest()
                .withBody(new AddSshKeyRequestBody().withTitle("sdk").withKey("nonsense")));
        assertThat(invalid.getStatus()).isEqualTo("failed");
        assertThat(invalid.getError().getCode()).isEqualTo("CH.010202");

        codeHub.deleteSShkey(new DeleteSShkeyRequest().withId(id));
        assertThat(codeHub.listSshKeys(new ListSshKeysRequest()).getResult().getSshkey())
                .extracting(PublicKey::getId)
                .doesNotContain(id);
    }

    @Test
    void addsAndDeletesADeployKeyAndChecksAPassword() {
        var admin = server.admin();
        var project = server.bean(ProjectService.class).create(admin, GranaryServer.unique("sdk"), "", "scrum");
        var repository =
                server.bean(RepositoryService.class).create(admin, project, GranaryServer.unique("sdk"), "", 0);
        var id = Math.toIntExact(repository.id());

        var added = codeHub.addDeployKeyV2(new AddDeployKeyV2Request()
                        .withRepositoryId(id)
                        .withBody(new AddDeployKeyRequestBody()
                                .withKey(key)
                                .withKeyTitle("builder")
                                .withApplication("build")
                                .withCanPush(false)))
                .getResult();
        assertThat(added.getCanPush()).isFalse();
        assertThat(added.getKeyTitle()).isEqualTo("builder");
        var deleted = codeHub.deleteDeployKeyV2(
                new DeleteDeployKeyV2Request().withRepositoryId(id).withKeyId(Integer.valueOf(added.getKeyId())));
        assertThat(deleted.getResult()).isTrue();

        var checked = codeHub.validateHttpsInfoV2(new ValidateHttpsInfoV2Request()
                .withIamUserUuid(admin.uuid())
                .withBody(new PasswordRequest().withPwd(GranaryServer.ADMIN_PASSWORD)));
        assertThat(checked.getStatus()).isEqualTo("success");
    }
}
