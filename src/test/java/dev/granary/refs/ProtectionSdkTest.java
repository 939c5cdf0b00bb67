package dev.granary.refs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.huaweicloud.sdk.codehub.v3.CodeHubClient;
import com.huaweicloud.sdk.codehub.v3.model.AddProtectAccessLevel;
import com.huaweicloud.sdk.codehub.v3.model.AddProtectAccessLevel.MergeAccessLevelEnum;
import com.huaweicloud.sdk.codehub.v3.model.AddProtectAccessLevel.PushAccessLevelEnum;
import com.huaweicloud.sdk.codehub.v3.model.AddProtectBranchV2Request;
import com.huaweicloud.sdk.codehub.v3.model.AddProtectRequest;
import com.huaweicloud.sdk.core.auth.BasicCredentials;
import com.huaweicloud.sdk.core.exception.ServiceResponseException;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.TestDatabase;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Protected branches by the official SDK, and protected tags, for which it has no method, by plain HTTP. */
@OnBothDatabases
class ProtectionSdkTest {
    private final RefFixture refs;
    private final CodeHubClient codeHub;

    ProtectionSdkTest(TestDatabase database) {
        refs = new RefFixture(GranaryServer.shared(database));
        codeHub = CodeHubClient.newBuilder()
                .withCredential(new BasicCredentials()
                        .withAk(GranaryServer.ADMIN_ACCESS_KEY)
                        .withSk(GranaryServer.ADMIN_SECRET_KEY)
                        .withProjectId("0123456789abcdef0123456789abcdef"))
                .withEndpoint(refs.server.url())
                .build();
    }

    private AddProtectBranchV2Request protecting(String branch, PushAccessLevelEnum push, MergeAccessLevelEnum merge) {
        return new AddProtectBranchV2Request()
                .withRepositoryId((int) refs.repository.id())
                .withBranchName(branch)
                .withBody(new AddProtectRequest()
                        .withAccessLevel(new AddProtectAccessLevel()
                                .withPushAccessLevel(push)
                                .withMergeAccessLevel(merge)));
    }

    @Test
    void theSdkProtectsABranchAndReadsWhoMay() {
        var answer = codeHub.addProtectBranchV2(
                protecting("master", PushAccessLevelEnum.NUMBER_30, MergeAccessLevelEnum.NUMBER_40));
        assertThat(answer.getStatus()).isEqualTo("success");
        assertThat(answer.getError()).isNull();
        var branch = answer.getResult();
        assertThat(branch.getName()).isEqualTo("master");
        assertThat(branch.getCommit().getId()).isEqualTo(refs.first);
        assertThat(branch.getCommit().getShortId()).isEqualTo(refs.first.substring(0, 8));
        assertThat(branch.getCommit().getTitle()).isEqualTo("Add a.txt");
        assertThat(branch.getCommit().getParentIds()).isEmpty();
        assertThat(branch.getProtected()).isTrue();
        assertThat(branch.getDevelopersCanPush()).isTrue();
        assertThat(branch.getDevelopersCanMerge()).isFalse();
        assertThat(branch.getMasterCanPush()).isTrue();
        assertThat(branch.getMasterCanMerge()).isTrue();
        assertThat(branch.getNoOneCanPush()).isFalse();
        assertThat(branch.getNoOneCanMerge()).isFalse();
        assertThat(branch.getInAnOpenedMergeRequest()).isFalse();

        var closed = codeHub.addProtectBranchV2(
                        protecting("master", PushAccessLevelEnum.NUMBER_0, MergeAccessLevelEnum.NUMBER_0))
                .getResult();
        assertThat(closed.getNoOneCanPush()).isTrue();
        assertThat(closed.getNoOneCanMerge()).isTrue();
        assertThat(closed.getMasterCanPush()).isFalse();
    }

    @Test
    void theSdkHearsInItsLanguageWhyABranchIsNotProtected() {
        var unequal = protecting("master", PushAccessLevelEnum.NUMBER_40, MergeAccessLevelEnum.NUMBER_30);
        refused("en-us", unequal, 400, "CH.010001", "merge_access_level");
        refused("zh-cn", unequal, 400, "CH.010001", "参数");
        var missing = protecting("nothing", PushAccessLevelEnum.NUMBER_40, MergeAccessLevelEnum.NUMBER_40);
        refused("en-us", missing, 404, "", "The branch, tag or commit nothing does not exist.");
        refused("zh-cn", missing, 404, "", "nothing 不存在");
        refused("en-us", missing.withRepositoryId(2147483647), 404, "", "The repository does not exist");
        refused("zh-cn", missing, 404, "", "该仓库不存在");
    }

    private void refused(String language, AddProtectBranchV2Request request, int status, String code, String text) {
        assertThatThrownBy(() -> codeHub.addProtectBranchV2Invoker(request)
                        .addHeader("X-Language", language)
                        .invoke())
                .isInstanceOfSatisfying(ServiceResponseException.class, failure -> {
                    assertThat(failure.getHttpStatusCode()).isEqualTo(status);
                    assertThat(failure.getErrorCode()).contains(code);
                    assertThat(failure.getErrorMsg()).contains(text);
                });
    }

    @Test
    void plainHttpProtectsTagsAndHearsWhyNot() {
        var descriptions = Map.of(0, "No one", 30, "Developers + Committer + Maintainers", 40, "Maintainers");
        descriptions.forEach((level, description) -> {
            for (var path : new String[] {"/protected-tags", "/protected_tags"}) {
                var name = path.charAt(10) + "v" + level + ".*";
                var made = refs.http.post("/v2/repositories/" + refs.repository.id() + path, tag(name, level));
                assertThat(made.status()).isEqualTo(200);
                assertThat(made.json().get("status").asString()).isEqualTo("success");
                assertThat(made.json().has("error")).isFalse();
                assertThat(made.result().toString())
                        .isEqualTo("{\"name\":\"" + name + "\",\"create_access_levels\":{\"access_level\":" + level
                                + ",\"access_level_description\":\"" + description + "\"}}");
            }
        });
        refused(tag("-v0.*", 0), 409, "CH.091402", "There is a rule for -v0.* already.", "针对 -v0.* 的规则已存在。");
        refused(tag("v 1", 0), 400, "CH.010001", "name", "参数");
        refused(tag("v".repeat(501), 0), 400, "CH.010001", "name", "500");
        refused(tag("x", 20), 400, "CH.010001", "create_access_level", "create_access_level");
        refused(tag("x", null), 400, "CH.010001", "create_access_level", "create_access_level");
    }

    private static Map<String, Object> tag(String name, @Nullable Integer level) {
        var body = new HashMap<String, Object>();
        body.put("name", name);
        if (level != null) {
            body.put("create_access_level", level);
        }
        return body;
    }

    private void refused(Map<String, Object> body, int status, String code, String english, String chinese) {
        Map.of("en-us", english, "zh-cn", chinese).forEach((language, text) -> {
            var answer = refs.http
                    .with("X-Language", language)
                    .post("/v2/repositories/" + refs.repository.id() + "/protected-tags", body);
            assertThat(answer.status()).as("%s", answer).isEqualTo(status);
            assertThat(answer.json().get("status").asString()).isEqualTo("failed");
            assertThat(answer.json().get("error").get("code").asString()).isEqualTo(code);
            assertThat(answer.json().get("error").get("message").asString()).contains(text);
        });
    }
}
