package dev.granary.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.projects.ProjectService;
import dev.granary.repositories.RepositoryService;
import dev.granary.testing.Git;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.Http;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Every secret that passes through the server, by every way in, at the most talkative level of the log. */
@OnBothDatabases
@Isolated
@ExtendWith(OutputCaptureExtension.class)
class SecretsInLogsTest {
    private static final String WRONG = "wrong-but-near-the-real-one";
    private static final String CHANGED = "changed-password-of-tests";
    private static final String TOKENS = "/v3/auth/tokens";
    private static final String CREDENTIALS = "/v3.0/OS-CREDENTIAL/credentials";

    private final TestDatabase database;

    @TempDir
    Path folder;

    SecretsInLogsTest(TestDatabase database) {
        this.database = database;
    }

    @Test
    void noSecretReachesTheLogOrTheDatabase(CapturedOutput output) throws IOException {
        try (var server = GranaryServer.start(database, "--logging.level.dev.granary=DEBUG")) {
            var user = server.newUser("secretive");
            var http = server.http(user.name(), GranaryServer.PASSWORD);
            var secrets = new ArrayList<>(List.of(GranaryServer.ADMIN_PASSWORD, GranaryServer.ADMIN_SECRET_KEY, WRONG));
            secrets.add(GranaryServer.PASSWORD);

            var session = server.asNobody().post(TOKENS, logIn(user.name(), GranaryServer.PASSWORD));
            assertThat(session.status()).isEqualTo(201);
            secrets.add(session.header("X-Subject-Token"));
            var key = server.asAdmin().post(CREDENTIALS, Map.of("credential", Map.of("user_id", user.uuid())));
            assertThat(key.status()).as(key.toString()).isEqualTo(201);
            secrets.add(key.json().get("credential").get("secret").asString());
            var personal = http.post(
                    "/v4/users/impersonation-tokens",
                    Map.of("name", "token", "scopes", List.of("api", "write_repository")));
            var token = personal.json().get("token").asString();
            secrets.add(token);

            failInEveryWay(server, user, session.header("X-Subject-Token"), token);
            useGit(server, user, token);

            assertThat(http.post(
                                    "/v3/users/" + user.uuid() + "/password",
                                    Map.of(
                                            "user",
                                            Map.of("password", CHANGED, "original_password", GranaryServer.PASSWORD)))
                            .status())
                    .isLessThan(300);
            secrets.add(CHANGED);
            assertThat(server.http(user.name(), CHANGED).get("/v4/user/keys").status())
                    .isEqualTo(200);

            assertThat(output.getAll()).contains("granary.access").contains("DEBUG");
            var stored = everythingStored(server);
            assertThat(stored).contains(user.name());
            assertThat(secrets).hasSize(8).doesNotContainNull();
            for (var secret : secrets) {
                for (var form : forms(user.name(), secret)) {
                    assertThat(output.getAll().contains(form))
                            .as("in the log: " + form)
                            .isFalse();
                    assertThat(stored.contains(form)).as("stored: " + form).isFalse();
                }
            }
        }
    }

    /** As it is, as an address carries it, and as HTTP Basic does. */
    private static List<String> forms(String user, String secret) {
        var basic = Base64.getEncoder().encodeToString((user + ":" + secret).getBytes(StandardCharsets.UTF_8));
        return List.of(secret, secret.replace(" ", "%20"), basic);
    }

    private static Map<String, Object> logIn(String name, String password) {
        var named = Map.of("name", name, "password", password, "domain", Map.of("name", "default"));
        return Map.of(
                "auth", Map.of("identity", Map.of("methods", List.of("password"), "password", Map.of("user", named))));
    }

    private static void failInEveryWay(GranaryServer server, UserAccount user, String session, String token) {
        var nobody = server.asNobody();
        var failures = new ArrayList<Http.Answer>();
        failures.add(nobody.post(TOKENS, logIn(user.name(), WRONG)));
        failures.add(nobody.post(TOKENS, "{\"auth\":{\"identity\":{\"password\":\"" + GranaryServer.PASSWORD + "\""));
        failures.add(nobody.post(TOKENS, Map.of("auth", Map.of("identity", GranaryServer.PASSWORD))));
        failures.add(server.http(user.name(), WRONG).get("/v4/user/keys"));
        failures.add(nobody.with("X-Auth-Token", WRONG).get("/v4/user/keys"));
        failures.add(nobody.with("PRIVATE-TOKEN", WRONG).get("/v4/user/keys"));
        failures.add(nobody.with("Authorization", "Bearer " + WRONG).get("/v4/user/keys"));
        failures.add(nobody.with("Authorization", "Digest " + WRONG).get("/v4/user/keys"));
        failures.add(nobody.with(
                        "Authorization",
                        "SDK-HMAC-SHA256 Access=" + GranaryServer.ADMIN_ACCESS_KEY + ", SignedHeaders=host, Signature="
                                + WRONG)
                .get("/v4/user/keys"));
        var signedIn = nobody.with("X-Auth-Token", session);
        failures.add(signedIn.get("/v4/nothing?token=" + token));
        failures.add(signedIn.post("/v4/user/keys", "{\"title\":\"" + token + "\""));
        failures.add(signedIn.post("/v1/user/" + user.uuid() + "/validateHttpsInfo", Map.of("pwd", WRONG)));
        failures.add(signedIn.post(
                "/v3/users/" + user.uuid() + "/password",
                Map.of("user", Map.of("password", CHANGED, "original_password", WRONG))));
        failures.add(server.asAdmin()
                .post("/v3/users", Map.of("user", Map.of("name", user.name(), "password", GranaryServer.PASSWORD))));
        failures.add(server.asAdmin()
                .post("/v3/users", Map.of("user", Map.of("name", "x", "password", List.of(GranaryServer.PASSWORD)))));
        assertThat(failures)
                .allSatisfy(answer ->
                        assertThat(answer.status()).as(answer.toString()).isBetween(400, 499));
    }

    private void useGit(GranaryServer server, UserAccount user, String token) {
        var caller = server.caller(user.name());
        var project = server.bean(ProjectService.class).create(caller, GranaryServer.unique("secrets"), "", "scrum");
        var repository =
                server.bean(RepositoryService.class).create(caller, project, GranaryServer.unique("repo"), "", 0);
        var git = Git.in(folder);
        var path = "@127.0.0.1:" + server.httpPort() + "/" + repository.fullPath() + ".git";
        var password = GranaryServer.PASSWORD.replace(" ", "%20");
        git.ok("clone", "-q", "http://" + user.name() + ":" + password + path, "work");
        var work = git.at(folder.resolve("work"));
        work.commitFile("a.txt", "hello\n", "First");
        work.ok("push", "-q", "http://" + user.name() + ":" + token + path, "HEAD:master");
        assertThat(work.run("push", "http://" + user.name() + ":" + password + path, ":master")
                        .exit())
                .isNotZero();
        assertThat(work.run("fetch", "http://" + user.name() + ":" + WRONG + path)
                        .exit())
                .isNotZero();
    }

    /** The bytes of the data folder's files, or the text of every row in PostgreSQL, without the key file. */
    private String everythingStored(GranaryServer server) throws IOException {
        var all = new StringBuilder();
        try (var paths = Files.walk(server.dataFolder())) {
            for (var path : (Iterable<Path>) paths.filter(Files::isRegularFile)
                    .filter(file -> !file.startsWith(server.dataFolder().resolve("secrets")))::iterator) {
                all.append(Files.readString(path, StandardCharsets.ISO_8859_1));
            }
        }
        if (database == TestDatabase.POSTGRESQL) {
            var jdbc = server.bean(org.springframework.jdbc.core.simple.JdbcClient.class);
            for (var table : jdbc.sql("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")
                    .query(String.class)
                    .list()) {
                jdbc.sql("SELECT CAST(t AS TEXT) FROM " + table + " t")
                        .query(String.class)
                        .list()
                        .forEach(all::append);
            }
        }
        return all.toString();
    }
}
