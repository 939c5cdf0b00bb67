package dev.granary.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.huaweicloud.sdk.codehub.v3.CodeHubClient;
import com.huaweicloud.sdk.codehub.v3.model.CommitAction;
import com.huaweicloud.sdk.codehub.v3.model.CommitInfo;
import com.huaweicloud.sdk.codehub.v3.model.CreateCommitRequest;
import com.huaweicloud.sdk.codehub.v3.model.CreateCommitRequestBody;
import com.huaweicloud.sdk.codehub.v3.model.ListCommitsRequest;
import com.huaweicloud.sdk.codehub.v3.model.ListFilesByQueryRequest;
import com.huaweicloud.sdk.codehub.v3.model.ShowCommitsByBranchRequest;
import com.huaweicloud.sdk.codehub.v3.model.ShowCommitsByRepoIdRequest;
import com.huaweicloud.sdk.codehub.v3.model.ShowDiffCommitRequest;
import com.huaweicloud.sdk.codehub.v3.model.ShowFileRequest;
import com.huaweicloud.sdk.codehub.v3.model.ShowSingleCommitRequest;
import com.huaweicloud.sdk.core.auth.BasicCredentials;
import com.huaweicloud.sdk.core.exception.ServiceResponseException;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Commits and files through the official SDK, signed with an access key. */
@OnBothDatabases
class CommitSdkTest {
    private static final String FILE = "目录/文件 1.txt";

    private final ContentFixture content;
    private final int id;
    private final CodeHubClient codeHub;

    CommitSdkTest(TestDatabase database) {
        content = new ContentFixture(GranaryServer.shared(database));
        id = (int) content.repository.id();
        codeHub = CodeHubClient.newBuilder()
                .withCredential(new BasicCredentials()
                        .withAk(GranaryServer.ADMIN_ACCESS_KEY)
                        .withSk(GranaryServer.ADMIN_SECRET_KEY)
                        .withProjectId("0123456789abcdef0123456789abcdef"))
                .withEndpoint(content.server.url())
                .build();
    }

    private Made commit(String branch, @Nullable String startBranch, CommitAction action) {
        var result = codeHub.createCommit(new CreateCommitRequest()
                        .withRepoId(id)
                        .withBody(new CreateCommitRequestBody()
                                .withBranch(branch)
                                .withStartBranch(startBranch)
                                .withCommitMessage("通过 SDK")
                                .withActions(List.of(action))))
                .getResult();
        return new Made(result.getId(), result.getStats().getAdditions());
    }

    private record Made(String id, int additions) {}

    @Test
    void commitsListsAndReadsBack() {
        var first = commit(
                "master",
                null,
                new CommitAction().withAction("create").withFilePath(FILE).withContent("一\n"));
        var second = commit(
                "feature/ab",
                "master",
                new CommitAction()
                        .withAction("update")
                        .withFilePath(FILE)
                        .withContent("一\n二\n")
                        .withLastCommitId(first.id()));
        assertThat(second.additions()).isEqualTo(1);

        var listed = codeHub.listCommits(new ListCommitsRequest()
                .withRepoId(id)
                .withRefName("feature/ab")
                .withPerPage(10));
        assertThat(listed.getResult()).extracting(CommitInfo::getId).containsExactly(second.id(), first.id());
        assertThat(codeHub.showCommitsByRepoId(new ShowCommitsByRepoIdRequest()
                                .withRepositoryId(id)
                                .withRefName("feature/ab"))
                        .getResult()
                        .getTotal())
                .isEqualTo(2);
        var path = content.repository.fullPath().split("/");
        assertThat(codeHub.showCommitsByBranch(new ShowCommitsByBranchRequest()
                                .withGroupName(path[0])
                                .withRepositoryName(path[1])
                                .withRefName("master"))
                        .getResult()
                        .getTotal())
                .isEqualTo(1);
        assertThat(codeHub.showSingleCommit(
                                new ShowSingleCommitRequest().withRepoId(id).withSha("feature/ab"))
                        .getResult()
                        .getId())
                .isEqualTo(second.id());
        var diff = codeHub.showDiffCommit(
                        new ShowDiffCommitRequest().withRepoId(id).withSha("feature/ab"))
                .getResult();
        assertThat(diff.getFirst().getNewPath()).isEqualTo(FILE);
        assertThat(diff.getFirst().getDiff()).isEqualTo("@@ -1 +1,2 @@\n 一\n+二\n");

        var file = codeHub.showFile(
                        new ShowFileRequest().withRepoId(id).withFilePath(FILE).withRef("feature/ab"))
                .getResult();
        assertThat(new String(Base64.getDecoder().decode(file.getContent()), StandardCharsets.UTF_8))
                .isEqualTo("一\n二\n");
        assertThat(file.getLastCommitId()).isEqualTo(second.id());
        assertThat(codeHub.listFilesByQuery(new ListFilesByQueryRequest()
                                .withRepoId(id)
                                .withFilePath(FILE)
                                .withRef("master"))
                        .getResult()
                        .getLastCommitId())
                .isEqualTo(first.id());

        var stale = new CommitAction().withAction("delete").withFilePath(FILE).withLastCommitId(first.id());
        assertThatThrownBy(() -> commit("feature/ab", null, stale))
                .isInstanceOfSatisfying(ServiceResponseException.class, failure -> {
                    assertThat(failure.getHttpStatusCode()).isEqualTo(409);
                    assertThat(failure.getErrorCode()).isEqualTo("CH.090607");
                });
    }
}
