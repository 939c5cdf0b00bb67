package dev.granary.chaos;

import dev.granary.testing.Git;
import dev.granary.testing.Http;
import dev.granary.testing.SshIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What clients and comparisons share.
 *
 * @param folder the run's own, for clones and keys
 * @param token the administrator's personal access token
 * @param identity a key of the administrator's
 */
record World(
        ServerProcess server,
        Ledger ledger,
        Chains chains,
        Journal journal,
        Gate gate,
        Path folder,
        String token,
        SshIdentity identity) {
    static final String ADMIN_PASSWORD = "correct horse battery";
    static final String USER_PASSWORD = "a password for chaos";

    /** A client of the administrator's. */
    Http http() {
        return Http.at(server.url(), ServerProcess.ADMIN, token);
    }

    /** Where git finds a repository, given as {@code project/name}, over HTTP. */
    String address(String repository) {
        return server.url().replace("http://", "http://admin:" + token + "@") + "/" + repository + ".git";
    }

    /** Git in a folder of the run's, which is made where there is none; it uses the administrator's key. */
    Git git(String name) throws IOException {
        return Git.in(Files.createDirectories(folder.resolve(name))).with("GIT_SSH_COMMAND", identity.command());
    }

    /** The bare folder of a repository. */
    Path bare(String uuid) {
        return server.data()
                .resolve("repositories")
                .resolve(uuid.substring(0, 2))
                .resolve(uuid.substring(2, 4))
                .resolve(uuid + ".git");
    }

    /** The repositories that must be there: {@code project/name} and uuid. */
    Map<String, String> repositories() {
        return ledger.under("repository ");
    }

    /** Prepares what every run begins with. */
    static String makeToken(ServerProcess server) {
        var body = Map.of("name", "chaos", "scopes", List.of("api", "read_repository", "write_repository"));
        var answer =
                Http.at(server.url(), ServerProcess.ADMIN, ADMIN_PASSWORD).post("/v4/users/impersonation-tokens", body);
        if (answer.status() != 201) {
            throw new AssertionError(answer.toString());
        }
        return answer.json().get("token").asString();
    }
}
