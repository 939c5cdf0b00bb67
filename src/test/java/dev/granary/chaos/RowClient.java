package dev.granary.chaos;

import dev.granary.testing.Http;
import dev.granary.testing.SshIdentity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Creates and deletes users, their keys and tokens, projects and members. */
final class RowClient extends Client {
    private static final int MOST_USERS = 5;
    private static final int MOST_PROJECTS = 6;
    private static final int MOST_EACH = 4;
    private static final List<String> ROLES = List.of("3", "4", "8", "12");

    private final List<String> spareKeys = new ArrayList<>();

    RowClient(World world, String name, long seed) {
        super(world, name, seed);
    }

    @Override
    void step() throws IOException {
        var users = mine("user ");
        var projects = mine("project ");
        if (users.isEmpty()) {
            createUser();
            return;
        }
        var user = pick(users);
        switch (random.nextInt(10)) {
            case 0 -> users(users, user);
            case 1, 2 -> key(user);
            case 3, 4 -> token(user);
            case 5 -> accessKey(user);
            case 6 -> projects(projects);
            default -> {
                if (!projects.isEmpty()) {
                    member(pick(projects), user);
                }
            }
        }
    }

    /** Names after the prefix, of those this client made. */
    private List<String> mine(String prefix) {
        return ledger.under(prefix + name).keySet().stream()
                .map(key -> key.substring(prefix.length()))
                .toList();
    }

    private Http as(String user) {
        return Http.at(world.server().url(), user, World.USER_PASSWORD);
    }

    private void users(List<String> users, String user) {
        if (users.size() < MOST_USERS) {
            createUser();
        } else {
            deleteUser(user);
        }
    }

    private void createUser() {
        var user = fresh(name);
        var body =
                Map.of("user", Map.of("name", user, "password", World.USER_PASSWORD, "email", user + "@example.com"));
        var operation = ledger.begin("create a user", true, Map.of("user " + user, Ledger.ANY));
        change(
                world.http(),
                operation,
                "POST",
                "/v3/users",
                body,
                answer -> Map.of(
                        "user " + user, answer.json().get("user").get("id").asString()));
    }

    private void deleteUser(String user) {
        var changes = new LinkedHashMap<String, String>();
        for (var kind : List.of("key ", "token ", "access ")) {
            ledger.under(kind + user + " ").keySet().forEach(key -> changes.put(key, ""));
        }
        ledger.under("member ").keySet().stream()
                .filter(key -> key.endsWith(" " + user))
                .forEach(key -> changes.put(key, ""));
        changes.put("user " + user, "");
        var operation = ledger.begin("delete a user", true, changes);
        change(world.http(), operation, "DELETE", "/v3/users/" + ledger.value("user " + user), null, _ -> Map.of());
    }

    private void key(String user) throws IOException {
        var keys = ledger.under("key " + user + " ");
        if (keys.size() < MOST_EACH) {
            if (spareKeys.isEmpty()) {
                var folder = world.git(name).folder();
                spareKeys.add(SshIdentity.make(folder, "ed25519").publicKey());
            }
            var title = fresh("key");
            var entry = "key " + user + " " + title;
            var operation = ledger.begin("add an SSH key", true, Map.of(entry, Ledger.ANY));
            var body = Map.of("title", title, "key", spareKeys.removeLast());
            change(
                    as(user),
                    operation,
                    "POST",
                    "/v4/user/keys",
                    body,
                    answer -> Map.of(entry, answer.json().get("id").asString()));
        } else {
            var entry = pick(List.copyOf(keys.keySet()));
            var operation = ledger.begin("delete an SSH key", true, Map.of(entry, ""));
            change(as(user), operation, "DELETE", "/v4/user/keys/" + keys.get(entry), null, _ -> Map.of());
        }
    }

    private void token(String user) {
        var tokens = ledger.under("token " + user + " ");
        var active = tokens.entrySet().stream()
                .filter(token -> token.getValue().endsWith(" active"))
                .toList();
        if (active.size() < MOST_EACH) {
            var title = fresh("token");
            var entry = "token " + user + " " + title;
            var operation = ledger.begin("create a token", true, Map.of(entry, Ledger.ANY));
            var body = Map.of("name", title, "scopes", List.of("api"));
            change(as(user), operation, "POST", "/v4/users/impersonation-tokens", body, answer -> {
                Secrets.keep(entry, answer.json().get("token").asString());
                return Map.of(entry, answer.json().get("id").asString() + " active");
            });
        } else {
            var token = pick(active);
            var id = token.getValue().replace(" active", "");
            var operation = ledger.begin("revoke a token", true, Map.of(token.getKey(), id + " revoked"));
            change(as(user), operation, "DELETE", "/v4/users/impersonation-tokens/" + id, null, _ -> Map.of());
        }
    }

    private void accessKey(String user) {
        var keys = ledger.under("access " + user + " ");
        if (keys.size() < 2) {
            var description = fresh("access");
            var entry = "access " + user + " " + description;
            var operation = ledger.begin("create an access key", true, Map.of(entry, Ledger.ANY));
            var body =
                    Map.of("credential", Map.of("user_id", ledger.value("user " + user), "description", description));
            change(
                    world.http(),
                    operation,
                    "POST",
                    "/v3.0/OS-CREDENTIAL/credentials",
                    body,
                    answer -> Map.of(
                            entry, answer.json().get("credential").get("access").asString()));
        } else {
            var entry = pick(List.copyOf(keys.keySet()));
            var operation = ledger.begin("delete an access key", true, Map.of(entry, ""));
            var path = "/v3.0/OS-CREDENTIAL/credentials/" + keys.get(entry);
            change(world.http(), operation, "DELETE", path, null, _ -> Map.of());
        }
    }

    private void projects(List<String> projects) {
        if (projects.size() < MOST_PROJECTS) {
            var project = fresh(name);
            var operation = ledger.begin("create a project", true, Map.of("project " + project, Ledger.ANY));
            var body = Map.of("project_name", project, "project_type", "scrum");
            change(
                    world.http(),
                    operation,
                    "POST",
                    "/v4/project",
                    body,
                    answer -> Map.of(
                            "project " + project,
                            answer.json().get("project_id").asString()));
        } else {
            var project = pick(projects);
            var changes = new LinkedHashMap<String, String>();
            ledger.under("member " + project + " ").keySet().forEach(key -> changes.put(key, ""));
            changes.put("project " + project, "");
            var operation = ledger.begin("delete a project", true, changes);
            var path = "/v4/projects/" + ledger.value("project " + project);
            change(world.http(), operation, "DELETE", path, null, _ -> Map.of());
        }
    }

    private void member(String project, String user) {
        var path = "/v4/projects/" + ledger.value("project " + project) + "/members";
        var entry = "member " + project + " " + user;
        var id = ledger.value("user " + user);
        var role = ledger.value(entry);
        var wanted = pick(ROLES);
        if (role.isEmpty()) {
            var operation = ledger.begin("add a member", true, Map.of(entry, wanted));
            var member = Map.of("user_id", id, "role_id", Integer.valueOf(wanted));
            change(world.http(), operation, "POST", path, Map.of("users", List.of(member)), _ -> Map.of());
        } else if (!role.equals(wanted)) {
            var operation = ledger.begin("change a member", true, Map.of(entry, wanted));
            var body = Map.of("user_ids", List.of(id), "role_id", Integer.valueOf(wanted));
            change(world.http(), operation, "POST", path + "/role", body, _ -> Map.of());
        } else {
            var operation = ledger.begin("remove a member", true, Map.of(entry, ""));
            change(world.http(), operation, "DELETE", path, Map.of("user_ids", List.of(id)), _ -> Map.of());
        }
    }
}
