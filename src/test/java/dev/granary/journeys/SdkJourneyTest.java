package dev.granary.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.huaweicloud.sdk.codehub.v3.CodeHubClient;
import com.huaweicloud.sdk.codehub.v3.model.AddSshKeyRequest;
import com.huaweicloud.sdk.codehub.v3.model.AddSshKeyRequestBody;
import com.huaweicloud.sdk.codehub.v3.model.CommitAction;
import com.huaweicloud.sdk.codehub.v3.model.CreateCommitRequest;
import com.huaweicloud.sdk.codehub.v3.model.CreateCommitRequestBody;
import com.huaweicloud.sdk.codehub.v3.model.CreateRepoRequest;
import com.huaweicloud.sdk.codehub.v3.model.CreateRepositoryRequest;
import com.huaweicloud.sdk.codehub.v3.model.GetAllRepositoryByProjectIdRequest;
import com.huaweicloud.sdk.codehub.v3.model.ListCommitsRequest;
import com.huaweicloud.sdk.codehub.v3.model.ListSshKeysRequest;
import com.huaweicloud.sdk.codehub.v3.model.ShowFileRequest;
import com.huaweicloud.sdk.codehub.v3.model.ShowRepositoryByUuidRequest;
import com.huaweicloud.sdk.codehub.v3.model.ShowSingleCommitRequest;
import com.huaweicloud.sdk.codehub.v4.model.LockRepositoryRequest;
import com.huaweicloud.sdk.codehub.v4.model.UnlockRepositoryRequest;
import com.huaweicloud.sdk.core.auth.BasicCredentials;
import com.huaweicloud.sdk.core.exception.ClientRequestException;
import com.huaweicloud.sdk.projectman.v4.ProjectManClient;
import com.huaweicloud.sdk.projectman.v4.model.CreateProjectV4Request;
import com.huaweicloud.sdk.projectman.v4.model.CreateProjectV4RequestBody;
import dev.granary.testing.Git;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job through the official SDK, signed with an access key, nothing changed but the endpoint. */
@OnBothDatabases
class SdkJourneyTest {
    private final GranaryServer server;
    private final CodeHubClient codeHub;

    SdkJourneyTest(TestDatabase database) {
        server = GranaryServer.shared(database);
        codeHub = CodeHubClient.newBuilder()
                .withCredential(credentials(GranaryServer.ADMIN_SECRET_KEY))
                .withEndpoint(server.url())
                .build();
    }

    private static BasicCredentials credentials(String secretKey) {
        return new BasicCredentials()
                .withAk(GranaryServer.ADMIN_ACCESS_KEY)
                .withSk(secretKey)
                .withProjectId("0123456789abcdef0123456789abcdef");
    }

    @Test
    void createsARepositoryCommitsFilesAndReadsThemBack(@TempDir Path folder) {
        var projectId = createProject();
        var name = GranaryServer.unique("sdk");
        var uuid = codeHub.createRepository(new CreateRepositoryRequest()
                        .withBody(new CreateRepoRequest()
                                .withProjectUuid(projectId)
                                .withName(name)
                                .withVisibilityLevel(0)
                                .withEnableReadme(1)))
                .getResult()
                .getRepositoryUuid();
        var repository = codeHub.showRepositoryByUuid(new ShowRepositoryByUuidRequest().withRepositoryUuid(uuid))
                .getResult();
        assertThat(repository.getRepositoryName()).isEqualTo(name);
        var listed = codeHub.getAllRepositoryByProjectId(
                new GetAllRepositoryByProjectIdRequest().withProjectUuid(projectId));
        assertThat(listed.getResult().getTotal()).isEqualTo(1);

        var id = repository.getRepositoryId();
        var binary = new byte[] {0, 1, 2, (byte) 0xff};
        var commit = codeHub.createCommit(new CreateCommitRequest()
                        .withRepoId(id)
                        .withBody(new CreateCommitRequestBody()
                                .withBranch("feature/sdk")
                                .withStartBranch("master")
                                .withCommitMessage("Add two files\n\nThrough the SDK.")
                                .withActions(List.of(
                                        new CommitAction()
                                                .withAction("create")
                                                .withFilePath("文档/a b.txt")
                                                .withContent("one\ntwo\n"),
                                        new CommitAction()
                                                .withAction("create")
                                                .withFilePath("bin/data.bin")
                                                .withEncoding("base64")
                                                .withContent(Base64.getEncoder().encodeToString(binary))))))
                .getResult();
        assertThat(commit.getTitle()).isEqualTo("Add two files");
        assertThat(commit.getStats().getAdditions()).isEqualTo(2);

        var commits = codeHub.listCommits(
                        new ListCommitsRequest().withRepoId(id).withRefName("feature/sdk"))
                .getResult();
        assertThat(commits).hasSize(2);
        assertThat(commits.getFirst().getId()).isEqualTo(commit.getId());
        assertThat(codeHub.showSingleCommit(
                                new ShowSingleCommitRequest().withRepoId(id).withSha(commit.getId()))
                        .getResult()
                        .getParentIds())
                .containsExactly(commits.getLast().getId());

        var file = codeHub.showFile(new ShowFileRequest()
                        .withRepoId(id)
                        .withFilePath("文档/a b.txt")
                        .withRef("feature/sdk"))
                .getResult();
        assertThat(new String(Base64.getDecoder().decode(file.getContent()), StandardCharsets.UTF_8))
                .isEqualTo("one\ntwo\n");
        assertThat(file.getLastCommitId()).isEqualTo(commit.getId());

        Git.in(folder)
                .ok(
                        "clone",
                        "-q",
                        "-b",
                        "feature/sdk",
                        repository.getHttpsUrl().replace("://", "://admin:" + password() + "@"),
                        "clone");
        assertThat(folder.resolve("clone/bin/data.bin")).hasBinaryContent(binary);
    }

    @Test
    void addsAnSshKeyThatGitCanUse(@TempDir Path folder) throws Exception {
        var generated = new ProcessBuilder(
                        "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "sdk", "-f", folder.resolve("key") + "")
                .start();
        assertThat(generated.waitFor()).isZero();
        var key = Files.readString(folder.resolve("key.pub")).strip();
        var added = codeHub.addSshKey(new AddSshKeyRequest()
                        .withBody(new AddSshKeyRequestBody().withTitle("laptop").withKey(key)))
                .getResult();
        assertThat(added.getTitle()).isEqualTo("laptop");
        assertThat(codeHub.listSshKeys(new ListSshKeysRequest()).getResult().getSshkey())
                .anySatisfy(listed -> assertThat(listed.getId()).isEqualTo(added.getId()));

        var greeting = new ProcessBuilder(
                        "ssh",
                        "-i",
                        folder.resolve("key").toString(),
                        "-o",
                        "StrictHostKeyChecking=no",
                        "-o",
                        "UserKnownHostsFile=/dev/null",
                        "-o",
                        "IdentitiesOnly=yes",
                        "-p",
                        Integer.toString(server.sshPort()),
                        "git@127.0.0.1")
                .redirectErrorStream(true)
                .start();
        greeting.getOutputStream().close();
        assertThat(new String(greeting.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("admin");

        assertThatThrownBy(() -> codeHub.addSshKey(new AddSshKeyRequest()
                        .withBody(new AddSshKeyRequestBody().withTitle("again").withKey(key))))
                .isInstanceOfSatisfying(ClientRequestException.class, failure -> {
                    assertThat(failure.getHttpStatusCode()).isEqualTo(409);
                    assertThat(failure.getErrorCode()).isEqualTo("CH.080002");
                    assertThat(failure.getRequestId()).hasSize(32);
                });
    }

    @Test
    void locksAndUnlocksThroughTheV4Client() {
        var v4 = com.huaweicloud.sdk.codehub.v4.CodeHubClient.newBuilder()
                .withCredential(credentials(GranaryServer.ADMIN_SECRET_KEY))
                .withEndpoint(server.url())
                .build();
        var projectId = createProject();
        var uuid = codeHub.createRepository(new CreateRepositoryRequest()
                        .withBody(new CreateRepoRequest()
                                .withProjectUuid(projectId)
                                .withName(GranaryServer.unique("sdk"))
                                .withVisibilityLevel(0)))
                .getResult()
                .getRepositoryUuid();
        var id = codeHub.showRepositoryByUuid(new ShowRepositoryByUuidRequest().withRepositoryUuid(uuid))
                .getResult()
                .getRepositoryId();
        assertThat(v4.lockRepository(new LockRepositoryRequest()
                                .withProjectId(projectId)
                                .withRepositoryId(id))
                        .getLocked())
                .isEqualTo("true");
        var commit = new CreateCommitRequest()
                .withRepoId(id)
                .withBody(new CreateCommitRequestBody()
                        .withBranch("master")
                        .withCommitMessage("Too late")
                        .withActions(List.of(new CommitAction()
                                .withAction("create")
                                .withFilePath("a.txt")
                                .withContent("a"))));
        assertThatThrownBy(() -> codeHub.createCommit(commit))
                .isInstanceOfSatisfying(
                        ClientRequestException.class,
                        failure -> assertThat(failure.getHttpStatusCode()).isEqualTo(403));
        v4.unlockRepository(
                new UnlockRepositoryRequest().withProjectId(projectId).withRepositoryId(id));
        assertThat(codeHub.createCommit(commit).getStatus()).isEqualTo("success");
    }

    @Test
    void refusesAWrongSecretKey() {
        var wrong = CodeHubClient.newBuilder()
                .withCredential(credentials("not-the-secret-key"))
                .withEndpoint(server.url())
                .build();
        assertThatThrownBy(() -> wrong.listSshKeys(new ListSshKeysRequest()))
                .isInstanceOfSatisfying(ClientRequestException.class, failure -> {
                    assertThat(failure.getHttpStatusCode()).isEqualTo(401);
                    assertThat(failure.getErrorCode()).isEqualTo("APIGW.0301");
                });
    }

    private String createProject() {
        return ProjectManClient.newBuilder()
                .withCredential(credentials(GranaryServer.ADMIN_SECRET_KEY))
                .withEndpoint(server.url())
                .build()
                .createProjectV4(new CreateProjectV4Request()
                        .withBody(new CreateProjectV4RequestBody()
                                .withProjectName(GranaryServer.unique("sdk-project"))
                                .withProjectType("scrum")))
                .getProjectId();
    }

    private static String password() {
        return GranaryServer.ADMIN_PASSWORD.replace(" ", "%20");
    }
}
