package dev.granary.mirrors;

import static dev.granary.mirrors.MirrorFixture.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.huaweicloud.sdk.core.ClientBuilder;
import com.huaweicloud.sdk.core.HcClient;
import com.huaweicloud.sdk.core.SdkResponse;
import com.huaweicloud.sdk.core.TypeCasts;
import com.huaweicloud.sdk.core.auth.BasicCredentials;
import com.huaweicloud.sdk.core.exception.ClientRequestException;
import com.huaweicloud.sdk.core.http.FieldExistence;
import com.huaweicloud.sdk.core.http.HttpMethod;
import com.huaweicloud.sdk.core.http.HttpRequestDef;
import com.huaweicloud.sdk.core.http.LocationType;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Mirrors by the official SDK: its signatures, its requests, its reading of answers and failures. Its published v4 client
 * has no methods for mirrors, so what those say to the SDK's core is said here.
 */
@OnBothDatabases
class MirrorSdkTest {
    private final MirrorFixture fixture;
    private final HcClient client;

    MirrorSdkTest(TestDatabase database) {
        fixture = new MirrorFixture(database);
        client = new ClientBuilder<HcClient>(made -> made)
                .withCredential(new BasicCredentials()
                        .withAk(GranaryServer.ADMIN_ACCESS_KEY)
                        .withSk(GranaryServer.ADMIN_SECRET_KEY)
                        .withProjectId("0123456789abcdef0123456789abcdef"))
                .withEndpoint(fixture.server.url())
                .build();
    }

    /** A request with a repository's number and a body. */
    static final class Call {
        private @Nullable Integer repositoryId;
        private @Nullable Map<String, Object> body;
    }

    /** All members of an answer. */
    static final class Answer extends SdkResponse {
        private final Map<String, @Nullable Object> members = new HashMap<>();

        @JsonAnySetter
        void member(String name, @Nullable Object value) {
            members.put(name, value);
        }
    }

    private static HttpRequestDef<Call, Answer> operation(HttpMethod method, String name, String path) {
        var builder = HttpRequestDef.builder(method, Call.class, Answer.class)
                .withName(name)
                .withUri("/v4/repositories/{repository_id}/remote-mirror" + path)
                .withContentType("application/json");
        builder.<Integer>withRequestField(
                "repository_id",
                LocationType.Path,
                FieldExistence.NON_NULL_NON_EMPTY,
                TypeCasts.uncheckedConversion(Integer.class),
                field -> field.withMarshaller(call -> call.repositoryId, (call, id) -> call.repositoryId = id));
        builder.<Map<String, Object>>withRequestField(
                "body",
                LocationType.Body,
                FieldExistence.NULL_IGNORE,
                TypeCasts.uncheckedConversion(Map.class),
                field -> field.withMarshaller(call -> call.body, (call, body) -> call.body = body));
        return builder.build();
    }

    private static final HttpRequestDef<Call, Answer> ASSOCIATE =
            operation(HttpMethod.POST, "AssociateRemoteMirror", "/associate");
    private static final HttpRequestDef<Call, Answer> SHOW = operation(HttpMethod.GET, "ShowRemoteMirror", "");
    private static final HttpRequestDef<Call, Answer> UPDATE =
            operation(HttpMethod.PUT, "UpdateRepositoryRemoteMirror", "");
    private static final HttpRequestDef<Call, Answer> START =
            operation(HttpMethod.POST, "StartRemoteMirrorSynchronization", "");

    private Answer call(HttpRequestDef<Call, Answer> operation, long repositoryId, @Nullable Map<String, Object> body) {
        var call = new Call();
        call.repositoryId = (int) repositoryId;
        call.body = body;
        return client.syncInvokeHttp(call, operation);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void associatesStartsAndShowsAMirror() {
        var id = fixture.target.id();
        var associated = call(ASSOCIATE, id, Map.of("url", fixture.url()));
        assertThat(associated.getHttpStatusCode()).isEqualTo(201);
        var expected = new HashMap<String, Object>(Map.of(
                "repository_id",
                (int) id,
                "update_status",
                "finished",
                "url",
                fixture.url(),
                "mirroring_enabled",
                false,
                "is_private",
                false));
        expected.put("last_successful_update_at", null);
        expected.put("number_of_failures", null);
        expected.put("endpoint_uuid", null);
        expected.put("last_error", null);
        assertThat(associated.members).containsAllEntriesOf(expected).hasSize(expected.size() + 2);
        assertThat(associated.members.get("id")).isInstanceOf(Integer.class);
        assertThat(associated.members.get("last_update_at")).isInstanceOf(String.class);

        var credentials = Map.<String, Object>of(
                "username",
                base64("admin"),
                "password",
                base64(GranaryServer.ADMIN_PASSWORD),
                "endpoint_uuid",
                "",
                "force_fetch",
                true);
        var started = call(START, id, credentials);
        assertThat(started.getHttpStatusCode()).isBetween(200, 201);
        assertThat(started.members).containsOnlyKeys("jid");
        var run = fixture.ended(String.valueOf(started.members.get("jid")));
        assertThat(text(run, "state")).as(run.toString()).isEqualTo("succeeded");

        var shown = call(SHOW, id, null);
        assertThat(shown.getHttpStatusCode()).isEqualTo(200);
        assertThat(shown.members.keySet()).isEqualTo(associated.members.keySet());
        assertThat(shown.members.get("last_successful_update_at")).isInstanceOf(String.class);
        assertThat(call(UPDATE, id, Map.of("sync_branch_type", "default", "mirroring_enabled", false)).members)
                .isEqualTo(nulled(
                        Map.of("url", fixture.url(), "mirroring_enabled", false, "sync_branch_type", "default"),
                        "endpoint_uuid"));

        assertThatThrownBy(() -> call(ASSOCIATE, id, Map.of("url", "file:///etc")))
                .isInstanceOfSatisfying(
                        ClientRequestException.class,
                        failure -> assertThat(failure.getHttpStatusCode()).isEqualTo(400));
        assertThatThrownBy(() -> call(START, Integer.MAX_VALUE, Map.of()))
                .isInstanceOfSatisfying(ClientRequestException.class, failure -> {
                    assertThat(failure.getHttpStatusCode()).isEqualTo(404);
                    assertThat(failure.getErrorCode()).isEqualTo("CH.004404");
                });
    }

    private static Map<String, @Nullable Object> nulled(Map<String, Object> members, String name) {
        var all = new HashMap<String, @Nullable Object>(members);
        all.put(name, null);
        return all;
    }
}
