package dev.granary.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.testing.GranaryServer;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The main job from a shell: curl with a token of the identity service. */
@OnBothDatabases
class CurlJourneyTest {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final GranaryServer server;

    CurlJourneyTest(TestDatabase database) {
        server = GranaryServer.shared(database);
    }

    @Test
    void signsInCreatesCommitsAndReadsBack() throws Exception {
        var token = token();
        var project = json(curl(token, "POST", "/v4/project", """
            {"project_name": "%s", "project_type": "scrum"}
            """.formatted(GranaryServer.unique("curl"))))
                .get("project_id")
                .asString();
        var repository = json(curl(token, "POST", "/v1/repositories", """
            {"project_uuid": "%s", "name": "tool", "visibility_level": 0}
            """.formatted(project)))
                .at("/result/repository_uuid")
                .asString();
        var id = json(curl(token, "GET", "/v2/repositories/" + repository, null))
                .at("/result/repository_id")
                .asInt();
        var commit = json(curl(token, "POST", "/v4/repositories/" + id + "/repository/commits", """
            {"branch": "master", "commit_message": "First",
             "actions": [{"action": "create", "file_path": "a/b.txt", "content": "hello"}]}
            """))
                .get("id")
                .asString();
        var listed =
                json(curl(token, "GET", "/v4/repositories/" + id + "/repository/commit-list?ref_name=master", null));
        assertThat(listed.at("/commits/0/id").asString()).isEqualTo(commit);
        var file = json(curl(token, "GET", "/v2/projects/" + id + "/repository/files/a/b.txt?ref=master", null));
        assertThat(file.at("/result/content").asString()).isEqualTo("aGVsbG8=");
        assertThat(json(curl(token, "DELETE", "/v1/repositories/" + repository, null))
                        .get("status")
                        .asString())
                .isEqualTo("success");
        assertThat(curl(token, "GET", "/v2/repositories/" + repository, null))
                .contains("404")
                .contains("CH.010117");
    }

    /** Headers and body of {@code POST /v3/auth/tokens}; the token is in a header. */
    private String token() throws IOException, InterruptedException {
        var answer = run(List.of(
                "curl",
                "-s",
                "-i",
                "-X",
                "POST",
                "-H",
                "Content-Type: application/json",
                "-d",
                """
                {"auth": {"identity": {"methods": ["password"], "password": {"user": {"name": "admin",
                 "password": "%s", "domain": {"name": "default"}}}}, "scope": {"domain": {"name": "default"}}}}
                """.formatted(GranaryServer.ADMIN_PASSWORD),
                server.url() + "/v3/auth/tokens"));
        return answer.lines()
                .filter(line -> line.toLowerCase(java.util.Locale.ROOT).startsWith("x-subject-token:"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElseThrow(() -> new AssertionError(answer));
    }

    private String curl(String token, String method, String path, String body)
            throws IOException, InterruptedException {
        var command = new ArrayList<>(
                List.of("curl", "-s", "-i", "-X", method, "-H", "X-Auth-Token: " + token, server.url() + path));
        if (body != null) {
            command.addAll(List.of("-H", "Content-Type: application/json", "-d", body));
        }
        return run(command);
    }

    private static String run(List<String> command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    private static JsonNode json(String answer) {
        var body = answer.substring(answer.indexOf("\r\n\r\n") + 4);
        assertThat(answer).startsWith("HTTP/1.1 2");
        return JSON.readTree(body);
    }
}
