package dev.granary.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.huaweicloud.sdk.codehub.v3.CodeHubClient;
import com.huaweicloud.sdk.codehub.v3.model.ListSshKeysRequest;
import com.huaweicloud.sdk.core.auth.AKSKSigner;
import com.huaweicloud.sdk.core.auth.BasicCredentials;
import com.huaweicloud.sdk.core.exception.ClientRequestException;
import com.huaweicloud.sdk.core.http.HttpConfig;
import com.huaweicloud.sdk.core.http.HttpMethod;
import com.huaweicloud.sdk.core.http.HttpRequest;
import com.huaweicloud.sdk.core.impl.DefaultHttpClient;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Requests made, signed and sent by the classes of the official SDK. */
@OnBothDatabases
class SignatureTest {
    private static final String TOKENS = "/v4/users/impersonation-tokens";
    private static final String KEYS = "/v3.0/OS-CREDENTIAL/credentials";

    private final GranaryServer server;

    SignatureTest(TestDatabase database) {
        server = GranaryServer.shared(database);
    }

    private record Answer(int status, String text) {
        JsonNode json() {
            return JsonMapper.shared().readTree(text);
        }
    }

    private HttpRequest.HttpRequestBuilder request(HttpMethod method, String path) {
        return HttpRequest.newBuilder()
                .withEndpoint(server.url())
                .withMethod(method)
                .withContentType("application/json")
                .addHeader("User-Agent", "huaweicloud-usdk-java/3.0")
                .addHeader("X-Project-Id", "0123456789abcdef0123456789abcdef")
                .withPath(path);
    }

    private static Answer send(HttpRequest request) {
        var response = new DefaultHttpClient(HttpConfig.getDefaultHttpConfig()).syncInvokeHttp(request);
        return new Answer(response.getStatusCode(), response.getBodyAsString());
    }

    private static HttpRequest signed(HttpRequest.HttpRequestBuilder builder, String access, String secret) {
        var request = builder.build();
        var credentials = new BasicCredentials().withAk(access).withSk(secret);
        return request.builder()
                .addHeaders(AKSKSigner.getInstance().sign(request, credentials))
                .build();
    }

    private static HttpRequest signed(HttpRequest.HttpRequestBuilder builder) {
        return signed(builder, GranaryServer.ADMIN_ACCESS_KEY, GranaryServer.ADMIN_SECRET_KEY);
    }

    private static void assertRefused(Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(401);
        assertThat(answer.text())
                .isEqualTo("{\"error_code\":\"APIGW.0301\",\"error_msg\":\"Incorrect IAM authentication information: "
                        + "the access key, the signature or its time is wrong.\"}");
    }

    @Test
    void letsTheSdkIn() {
        var body = "{\"name\":\"签名\",\"scopes\":[\"api\"]}";
        var created = send(signed(request(HttpMethod.POST, TOKENS).withBodyAsString(body)));
        assertThat(created.status()).as(created.toString()).isEqualTo(201);
        assertThat(created.json().get("name").asString()).isEqualTo("签名");
        assertThat(send(signed(request(HttpMethod.GET, TOKENS))).status()).isEqualTo(200);
    }

    @Test
    void servesTheSdksOwnClient() {
        var client = client(GranaryServer.ADMIN_SECRET_KEY);
        assertThat(client.listSshKeys(new ListSshKeysRequest()).getStatus()).isEqualTo("success");
        assertThatThrownBy(() -> client("not the secret of this key").listSshKeys(new ListSshKeysRequest()))
                .isInstanceOfSatisfying(ClientRequestException.class, failure -> {
                    assertThat(failure.getHttpStatusCode()).isEqualTo(401);
                    assertThat(failure.getErrorCode()).isEqualTo("APIGW.0301");
                    assertThat(failure.getRequestId()).hasSize(32);
                });
    }

    private CodeHubClient client(String secret) {
        return CodeHubClient.newBuilder()
                .withCredential(new BasicCredentials()
                        .withAk(GranaryServer.ADMIN_ACCESS_KEY)
                        .withSk(secret)
                        .withProjectId("0123456789abcdef0123456789abcdef"))
                .withEndpoints(List.of(server.url()))
                .build();
    }

    @Test
    void understandsPathsHoweverClientsEncodeThem() {
        for (var path : List.of(
                "/v4/nothing/feature/one",
                "/v4/nothing/feature%2Fone",
                "/v4/nothing/分支/文件 1.txt",
                "/v4/nothing/%E5%88%86%E6%94%AF%2Fa",
                "/v4/nothing/分支%2Fa b",
                "/v4/nothing/a*b~c(d)!'e",
                "/v4/nothing/100%25",
                "/v4/nothing/a+b@c:d,e=f&g",
                "/v4/nothing/end/")) {
            var answer = send(signed(request(HttpMethod.GET, path)));
            assertThat(answer.status()).as(path + " " + answer).isEqualTo(404);
        }
    }

    @Test
    void understandsRepeatedAndOddQueryParameters() {
        UnaryOperator<HttpRequest.HttpRequestBuilder> query =
                builder -> builder.addQueryParam("search", List.of("z w", "a/b*~", "中文", "1+1=2&3"))
                        .addQueryParam("limit", List.of("5"))
                        .addQueryParam("empty", List.of(""))
                        .addQueryParam("state", List.of("all"));
        var answer = send(signed(query.apply(request(HttpMethod.GET, TOKENS))));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    }

    @Test
    void understandsValuesThatTheClientSortedBeforeSigning() {
        var sorted = signed(request(HttpMethod.GET, TOKENS).addQueryParam("search", List.of("a", "b")));
        var sent = request(HttpMethod.GET, TOKENS)
                .addQueryParam("search", List.of("b", "a"))
                .addHeader("Host", sorted.getHeader("Host"))
                .addHeader("X-Sdk-Date", sorted.getHeader("X-Sdk-Date"))
                .addHeader("Authorization", sorted.getHeader("Authorization"))
                .build();
        assertThat(send(sent).status()).isEqualTo(200);
    }

    @Test
    void refusesTheWrongSecretAndUnknownKeysAlike() {
        assertRefused(send(
                signed(request(HttpMethod.GET, TOKENS), GranaryServer.ADMIN_ACCESS_KEY, "not the secret of this key")));
        assertRefused(
                send(signed(request(HttpMethod.GET, TOKENS), "NOBODYSKEY0000000001", GranaryServer.ADMIN_SECRET_KEY)));
        assertRefused(send(request(HttpMethod.GET, TOKENS)
                .addHeader("Authorization", "SDK-HMAC-SHA256 Access=" + GranaryServer.ADMIN_ACCESS_KEY)
                .build()));
    }

    @Test
    void refusesAClockTooFarOff() {
        var form = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
        for (var minutes : new int[] {-16, 16}) {
            var date = form.format(Instant.now().plus(Duration.ofMinutes(minutes)));
            assertRefused(send(signed(request(HttpMethod.GET, TOKENS).addHeader("X-Sdk-Date", date))));
        }
        for (var minutes : new int[] {-14, 14}) {
            var date = form.format(Instant.now().plus(Duration.ofMinutes(minutes)));
            assertThat(send(signed(request(HttpMethod.GET, TOKENS).addHeader("X-Sdk-Date", date)))
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void refusesWhatWasChangedAfterSigning() {
        var body = "{\"name\":\"mine\",\"scopes\":[\"api\"]}";
        var other = "{\"name\":\"evil\",\"scopes\":[\"api\"]}";
        var post = signed(request(HttpMethod.POST, TOKENS).withBodyAsString(body));
        assertRefused(send(post.builder().withBodyAsString(other).build()));
        assertRefused(send(post.builder()
                .withBodyAsString(other)
                .addHeader("X-Sdk-Content-Sha256", Secrets.hash(body))
                .build()));
        assertRefused(send(post.builder().withMethod(HttpMethod.PUT).build()));

        var get = signed(request(HttpMethod.GET, TOKENS));
        assertRefused(send(get.builder().addQueryParam("limit", List.of("1")).build()));
        assertRefused(send(get.builder().withPath(TOKENS + "/1").build()));
        assertRefused(send(request(HttpMethod.GET, TOKENS)
                .addHeader("Host", get.getHeader("Host"))
                .addHeader("X-Sdk-Date", get.getHeader("X-Sdk-Date"))
                .addHeader("X-Project-Id", "another")
                .addHeader("Authorization", get.getHeader("Authorization"))
                .build()
                .builder()
                .addHeader("X-Language", "en-us")
                .withPath(TOKENS + "x")
                .build()));
    }

    @Test
    void honoursTheAnnouncedHashButNotAnUnsignedBody() {
        var body = "{\"name\":\"announced\",\"scopes\":[\"api\"]}";
        var announced = request(HttpMethod.POST, TOKENS)
                .withBodyAsString(body)
                .addHeader("X-Sdk-Content-Sha256", Secrets.hash(body));
        assertThat(send(signed(announced)).status()).isEqualTo(201);
        var unsigned = request(HttpMethod.POST, TOKENS)
                .withBodyAsString(body)
                .addHeader("X-Sdk-Content-Sha256", "UNSIGNED-PAYLOAD");
        assertRefused(send(signed(unsigned)));
    }

    @Test
    void letsUsersManageTheirKeysAndRefusesThoseThatAreInactive() {
        var user = server.newUser("signer");
        var client = server.http(user.name(), GranaryServer.PASSWORD);
        var created = client.post(KEYS, Map.of("credential", Map.of("description", "laptop")));
        assertThat(created.status()).isEqualTo(201);
        var key = created.json().get("credential");
        var access = key.get("access").asString();
        var secret = key.get("secret").asString();
        assertThat(access).matches("[A-Z0-9]{20}");
        assertThat(secret).hasSize(40);
        assertThat(key.get("user_id").asString()).isEqualTo(user.uuid());
        assertThat(key.get("status").asString()).isEqualTo("active");

        var list = client.get(KEYS).json().get("credentials");
        assertThat(list).hasSize(1);
        assertThat(list.get(0).has("secret")).isFalse();
        assertThat(list.toString()).doesNotContain(secret);
        assertThat(send(signed(request(HttpMethod.GET, TOKENS), access, secret)).status())
                .isEqualTo(200);

        var stranger = server.http(server.newUser("stranger").name(), GranaryServer.PASSWORD);
        assertThat(stranger.get(KEYS + "/" + access).status()).isEqualTo(404);
        assertThat(stranger.delete(KEYS + "/" + access).status()).isEqualTo(404);
        assertThat(stranger.get(KEYS + "?user_id=" + user.uuid()).status()).isEqualTo(403);
        assertThat(server.asNobody().get(KEYS).status()).isEqualTo(401);
        assertThat(server.asAdmin().get(KEYS + "?user_id=" + user.uuid()).json().get("credentials"))
                .hasSize(1);

        var off = client.put(KEYS + "/" + access, Map.of("credential", Map.of("status", "inactive")));
        assertThat(off.json().get("credential").get("status").asString()).isEqualTo("inactive");
        assertThat(off.json().get("credential").get("description").asString()).isEqualTo("laptop");
        assertRefused(send(signed(request(HttpMethod.GET, TOKENS), access, secret)));
        assertThat(client.put(KEYS + "/" + access, Map.of("credential", Map.of("status", "odd")))
                        .status())
                .isEqualTo(400);
        assertThat(client.delete(KEYS + "/" + access).status()).isEqualTo(204);
        assertThat(client.get(KEYS + "/" + access).status()).isEqualTo(404);
    }

    @Test
    void boundsTheNumberOfKeys() {
        var user = server.newUser("signer");
        var client = server.http(user.name(), GranaryServer.PASSWORD);
        for (var i = 0; i < AccessKeyService.MOST; i++) {
            assertThat(client.post(KEYS, Map.of("credential", Map.of())).status())
                    .isEqualTo(201);
        }
        var answer = client.post(KEYS, Map.of("credential", Map.of()));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.errorCode()).isEqualTo("CH.090304");
    }

    @Test
    void refusesBodiesThatAreTooLargeSignedOrNot() {
        var large = "{\"name\":\"" + "x".repeat(1_100_000) + "\"}";
        var unsigned = server.asAdmin().post(TOKENS, large);
        assertThat(unsigned.status()).isEqualTo(413);
        assertThat(unsigned.errorCode()).isEqualTo("CH.090101");
        assertThat(unsigned.errorText()).contains("1,048,576");
        assertThat(send(signed(request(HttpMethod.POST, TOKENS).withBodyAsString(large)))
                        .status())
                .isEqualTo(413);
    }
}
