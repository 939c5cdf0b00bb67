package dev.granary.repositories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.huaweicloud.sdk.codehub.v3.CodeHubClient;
import com.huaweicloud.sdk.codehub.v3.model.CreateProjectAndforkRepositoriesRequest;
import com.huaweicloud.sdk.codehub.v3.model.CreateRepoRequest;
import com.huaweicloud.sdk.codehub.v3.model.CreateRepositoryRequest;
import com.huaweicloud.sdk.codehub.v3.model.DeleteRepositoryRequest;
import com.huaweicloud.sdk.codehub.v3.model.ForkProjectRepoRequest;
import com.huaweicloud.sdk.codehub.v3.model.ListUserAllRepositoriesRequest;
import com.huaweicloud.sdk.codehub.v3.model.ShowRepoIdRequest;
import com.huaweicloud.sdk.codehub.v3.model.ShowRepositoryByUuidRequest;
import com.huaweicloud.sdk.codehub.v4.model.LockRepositoryRequest;
import com.huaweicloud.sdk.codehub.v4.model.UnlockRepositoryRequest;
import com.huaweicloud.sdk.core.auth.BasicCredentials;
import com.huaweicloud.sdk.core.exception.ClientRequestException;
import dev.granary.projects.ProjectService;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The official SDK with nothing changed but its endpoint. */
@OnBothDatabases
class RepositorySdkTest {
    private final GranaryServer server;

    RepositorySdkTest(TestDatabase database) {
        server = GranaryServer.shared(database);
    }

    @Test
    void createsShowsForksLocksAndDeletes() {
        var project =
                server.bean(ProjectService.class).create(server.admin(), GranaryServer.unique("Sdk"), "", "scrum");
        var client = CodeHubClient.newBuilder()
                .withCredential(credentials())
                .withEndpoints(List.of(server.url()))
                .build();
        var uuid = client.createRepository(new CreateRepositoryRequest()
                        .withBody(new CreateRepoRequest()
                                .withName("by-sdk")
                                .withProjectUuid(project.uuid())
                                .withEnableReadme(1)
                                .withLicenseId(1)
                                .withVisibilityLevel(20)))
                .getResult()
                .getRepositoryUuid();
        var shown = client.showRepositoryByUuid(new ShowRepositoryByUuidRequest().withRepositoryUuid(uuid))
                .getResult();
        assertThat(shown.getRepositoryName()).isEqualTo("by-sdk");
        assertThat(shown.getHttpsUrl()).isEqualTo(server.url() + "/" + project.path() + "/by-sdk.git");
        assertThat(shown.getStatus()).isZero();
        assertThat(client.showRepoId(new ShowRepoIdRequest()
                                .withGroupName(shown.getGroupName())
                                .withRepositoryName("by-sdk"))
                        .getResult())
                .isEqualTo(shown.getRepositoryId());

        client.createProjectAndforkRepositories(new CreateProjectAndforkRepositoriesRequest()
                .withBody(new ForkProjectRepoRequest()
                        .withProjectName(project.name())
                        .withRepoName("fork")
                        .withTemplateId(uuid)));
        var listed = client.listUserAllRepositories(new ListUserAllRepositoriesRequest()
                        .withSearch(project.name())
                        .withPageSize(1))
                .getResult();
        assertThat(listed.getTotal()).isEqualTo(2);
        assertThat(listed.getRepositories().getFirst().getRepositoryName()).isEqualTo("fork");

        var newer = com.huaweicloud.sdk.codehub.v4.CodeHubClient.newBuilder()
                .withCredential(credentials())
                .withEndpoints(List.of(server.url()))
                .build();
        assertThat(newer.lockRepository(new LockRepositoryRequest()
                                .withProjectId(project.uuid())
                                .withRepositoryId(shown.getRepositoryId()))
                        .getLocked())
                .isEqualTo("true");
        var delete = new DeleteRepositoryRequest().withRepositoryUuid(uuid);
        assertThatThrownBy(() -> client.deleteRepository(delete))
                .isInstanceOfSatisfying(ClientRequestException.class, failure -> {
                    assertThat(failure.getHttpStatusCode()).isEqualTo(403);
                    assertThat(failure.getErrorCode()).isEqualTo("CH.090503");
                });
        newer.unlockRepository(
                new UnlockRepositoryRequest().withProjectId(project.uuid()).withRepositoryId(shown.getRepositoryId()));
        assertThat(client.deleteRepository(delete).getResult()).isTrue();
    }

    private static BasicCredentials credentials() {
        return new BasicCredentials()
                .withAk(GranaryServer.ADMIN_ACCESS_KEY)
                .withSk(GranaryServer.ADMIN_SECRET_KEY)
                .withProjectId("0123456789abcdef0123456789abcdef");
    }
}
