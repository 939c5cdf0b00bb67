package dev.granary.refs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.huaweicloud.sdk.codehub.v3.CodeHubClient;
import com.huaweicloud.sdk.codehub.v3.model.AddTagV2Request;
import com.huaweicloud.sdk.codehub.v3.model.AddTagsRequest;
import com.huaweicloud.sdk.codehub.v3.model.CreateNewBranchRequest;
import com.huaweicloud.sdk.codehub.v3.model.CreateNewBranchRequestBody;
import com.huaweicloud.sdk.codehub.v3.model.ListBranchesByRepositoryIdRequest;
import com.huaweicloud.sdk.codehub.v3.model.ShowBranchesByRepositoryIdRequest;
import com.huaweicloud.sdk.codehub.v3.model.ShowBranchesByTwoRepositoryIdRequest;
import com.huaweicloud.sdk.core.auth.BasicCredentials;
import com.huaweicloud.sdk.core.exception.ServiceResponseException;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.TestDatabase;
import org.junit.jupiter.api.Test;

/** Tags and branches through the official SDK, signed with an access key. */
@OnBothDatabases
class TagSdkTest {
    private final RefFixture refs;
    private final CodeHubClient codeHub;

    TagSdkTest(TestDatabase database) {
        refs = new RefFixture(GranaryServer.shared(database));
        codeHub = CodeHubClient.newBuilder()
                .withCredential(new BasicCredentials()
                        .withAk(GranaryServer.ADMIN_ACCESS_KEY)
                        .withSk(GranaryServer.ADMIN_SECRET_KEY)
                        .withProjectId("0123456789abcdef0123456789abcdef"))
                .withEndpoint(refs.server.url())
                .build();
    }

    private AddTagV2Request adding(String name, String ref) {
        return new AddTagV2Request()
                .withRepositoryId((int) refs.repository.id())
                .withBody(new AddTagsRequest().withTagName(name).withRef(ref).withMessage("版本 " + name));
    }

    @Test
    void addsATagAndIsToldWhyNot() {
        var added = codeHub.addTagV2(adding("v1.0.0", "master"));
        assertThat(added.getStatus()).isEqualTo("success");
        assertThat(added.getResult().getName()).isEqualTo("v1.0.0");
        assertThat(added.getResult().getMessage()).isEqualTo("版本 v1.0.0");
        assertThat(added.getResult().getCommit().getId()).isEqualTo(refs.first);
        refused("zh-cn", adding("v1.0.0", "master"), 409, "标签 v1.0.0 已存在。");
        refused("en-us", adding("v1.0.0", "master"), 409, "The tag v1.0.0 already exists.");
        refused("zh-cn", adding("v2", "nothing"), 404, "nothing");
        refused("en-us", adding("v2", "nothing"), 404, "The branch, tag or commit nothing does not exist.");
        var tags = codeHub.showBranchesByTwoRepositoryId(new ShowBranchesByTwoRepositoryIdRequest()
                        .withRepositoryId(Long.toString(refs.repository.id())))
                .getResult();
        assertThat(tags.getTags()).extracting(tag -> tag.getName()).containsExactly("v1.0.0");
    }

    private void refused(String language, AddTagV2Request request, int status, String text) {
        assertThatThrownBy(() -> codeHub.addTagV2Invoker(request)
                        .addHeader("X-Language", language)
                        .invoke())
                .isInstanceOfSatisfying(ServiceResponseException.class, failure -> {
                    assertThat(failure.getHttpStatusCode()).isEqualTo(status);
                    assertThat(failure.getErrorMsg()).contains(text);
                });
    }

    @Test
    void createsAndListsBranches() {
        var created = codeHub.createNewBranch(new CreateNewBranchRequest()
                        .withRepositoryId(Long.toString(refs.repository.id()))
                        .withBody(new CreateNewBranchRequestBody()
                                .withBranchName("feature/a")
                                .withRef("master")))
                .getResult();
        assertThat(created.getName()).isEqualTo("feature/a");
        var listed = codeHub.listBranchesByRepositoryId(new ListBranchesByRepositoryIdRequest()
                        .withRepositoryId((int) refs.repository.id())
                        .withPage("1")
                        .withPerPage("1"))
                .getResult();
        assertThat(listed.getTotal()).isEqualTo(2.0);
        assertThat(listed.getBranches()).extracting(branch -> branch.getName()).containsExactly("feature/a");
        assertThat(codeHub.showBranchesByRepositoryId(new ShowBranchesByRepositoryIdRequest()
                                .withRepositoryId(Long.toString(refs.repository.id())))
                        .getResult()
                        .getTotal())
                .isEqualTo(2);
    }
}
