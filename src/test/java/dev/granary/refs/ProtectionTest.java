package dev.granary.refs;

import static dev.granary.refs.RulesFixture.action;
import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.access.Role;
import dev.granary.testing.Git;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.Http;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.TestDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every action on a branch or tag, by everybody, under every protection, through every way in: expected against actual. */
@OnBothDatabases
@SuppressWarnings("NullAway.Init")
@Order(1)
class ProtectionTest {
    private static final String DEVELOPER = "4";
    private static final String COMMITTER = "12";
    private static final String MANAGER = "3";

    private final GranaryServer server;
    private final RulesFixture rules;

    @TempDir
    Path folder;

    private Git git;
    private String first;
    private String second;
    private String other;

    ProtectionTest(TestDatabase database) {
        server = GranaryServer.shared(database);
        rules = new RulesFixture(server);
    }

    /** What stands in front of the names of the refs that are protected in a way. */
    private enum Protection {
        FREE,
        NO_ONE,
        DEVELOPERS,
        MANAGERS,
        USER,
        GROUP,
        FORCE;

        String prefix() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-') + "/";
        }
    }

    private record Person(String name, Http http, String url, boolean pushes, boolean developer, boolean manager) {}

    private enum Action {
        PUSH,
        CREATE,
        FORCE,
        DELETE
    }

    @BeforeEach
    void history() {
        Git.in(folder).ok("init", "-q", "-b", "main", "work");
        git = Git.in(folder.resolve("work"));
        other = git.commitFile("a.txt", "other", "Other");
        git.ok("checkout", "-q", "--orphan", "next");
        first = git.commitFile("a.txt", "one", "First");
        second = git.commitFile("a.txt", "two", "Second");
        git.ok("push", "-q", rules.adminUrl(), other + ":refs/heads/main");
    }

    /** Whether a person may take an action on a branch of a protection. */
    private static boolean mayBranch(Person person, Protection protection, Action action) {
        var listed = switch (protection) {
            case FREE -> true;
            case NO_ONE -> false;
            case DEVELOPERS, FORCE -> person.developer() || person.manager();
            case MANAGERS -> person.manager();
            case USER -> person.name().equals("listed");
            case GROUP -> person.name().equals("grouped");
        };
        return person.pushes()
                && listed
                && switch (action) {
                    case PUSH, CREATE -> true;
                    case FORCE -> protection == Protection.FREE || protection == Protection.FORCE;
                    case DELETE -> protection == Protection.FREE;
                };
    }

    private static boolean mayTag(Person person, Protection protection, Action action) {
        return switch (action) {
            case CREATE -> mayBranch(person, protection, action);
            case PUSH, FORCE, DELETE -> person.manager() && protection == Protection.FREE;
        };
    }

    @Test
    void everyWayInKeepsToEveryProtection() {
        var listed = rules.member(Role.DEVELOPER);
        var grouped = rules.member(Role.DEVELOPER);
        var group = rules.userGroup(GranaryServer.unique("Team"), grouped);
        var people = new ArrayList<Person>();
        for (var role : Role.values()) {
            var user = rules.member(role);
            people.add(new Person(
                    role.key(),
                    rules.as(user),
                    rules.httpUrl(user),
                    role.level() >= Role.DEVELOPER.level(),
                    role == Role.DEVELOPER || role == Role.COMMITTER,
                    role == Role.PROJECT_MANAGER));
        }
        people.add(new Person("listed", rules.as(listed), rules.httpUrl(listed), true, true, false));
        people.add(new Person("grouped", rules.as(grouped), rules.httpUrl(grouped), true, true, false));
        people.add(new Person("administrator", rules.admin, rules.adminUrl(), true, false, true));

        make(people);
        protect("protected-branches", listed.id(), group, "push", "merge");
        protect("protected-tags", listed.id(), group, "create");
        var expected = new TreeMap<String, Boolean>();
        var actual = new TreeMap<String, Boolean>();
        for (var person : people) {
            push(person, "http", git, person.url(), expected, actual);
            push(person, "ssh", RulesFixture.overSsh(git, person.http()), rules.sshUrl(), expected, actual);
            commit(person, expected, actual);
        }
        assertThat(actual).isEqualTo(expected);
        assertThat(expected).hasSizeGreaterThan(900).containsValue(true).containsValue(false);
    }

    private void protect(String resource, long user, long group, String... actions) {
        var everybody = List.of(DEVELOPER, COMMITTER, MANAGER);
        protect(resource, Protection.NO_ONE, Map.of(), actions);
        protect(resource, Protection.DEVELOPERS, Map.of("related_role_ids", everybody), actions);
        protect(resource, Protection.MANAGERS, Map.of("related_role_ids", List.of(MANAGER)), actions);
        protect(resource, Protection.USER, Map.of("user_ids", List.of(user)), actions);
        protect(resource, Protection.GROUP, Map.of("user_team_ids", List.of(group)), actions);
        var force = Map.of(
                "related_role_ids",
                everybody,
                "addition_switchers",
                List.of(Map.of("name", "allowed_force_push", "enable", true)));
        protect(resource, Protection.FORCE, force, actions);
    }

    private void protect(String resource, Protection protection, Map<String, ?> to, String... actions) {
        var bodies = new ArrayList<Map<String, Object>>();
        for (var name : actions) {
            var body = action(name);
            body.putAll(to);
            bodies.add(body);
        }
        RulesFixture.ok(rules.admin.post(
                rules.v4() + "/" + resource, Map.of("names", List.of(protection.prefix() + "*"), "actions", bodies)));
    }

    /** One push of all actions on branches and tags of all protections. */
    private void push(
            Person person,
            String way,
            Git client,
            String url,
            Map<String, Boolean> expected,
            Map<String, Boolean> actual) {
        var specs = new ArrayList<>(List.of("push", "--porcelain", url));
        var cells = new LinkedHashMap<String, String>();
        for (var kind : List.of("heads", "tags")) {
            for (var protection : Protection.values()) {
                for (var action : Action.values()) {
                    var ref = "refs/" + kind + "/" + protection.prefix() + person.name() + "-" + way + "-" + action;
                    specs.add(
                            switch (action) {
                                case PUSH, CREATE -> (kind.equals("tags") ? "+" : "") + second + ":" + ref;
                                case FORCE -> "+" + other + ":" + ref;
                                case DELETE -> ":" + ref;
                            });
                    var cell = String.join(" ", kind, protection.name(), action.name(), person.name(), way);
                    cells.put(ref, cell);
                    expected.put(
                            cell,
                            kind.equals("heads")
                                    ? mayBranch(person, protection, action)
                                    : mayTag(person, protection, action));
                    actual.put(cell, false);
                }
            }
        }
        client.run(specs.toArray(String[]::new)).out().lines().forEach(line -> {
            var fields = line.split("\t", -1);
            if (fields.length == 3) {
                var ref = fields[1].substring(fields[1].indexOf(':') + 1);
                actual.put(Objects.requireNonNull(cells.get(ref)), !fields[0].equals("!"));
            }
        });
    }

    private void commit(Person person, Map<String, Boolean> expected, Map<String, Boolean> actual) {
        for (var protection : Protection.values()) {
            for (var action : List.of(Action.PUSH, Action.CREATE, Action.FORCE)) {
                var branch = protection.prefix() + person.name() + "-api-" + action;
                var answer = switch (action) {
                    case PUSH -> rules.commit(person.http(), branch, "b.txt", "b");
                    case CREATE -> rules.commit(person.http(), branch, "b.txt", "b", "start_branch", "main");
                    case FORCE ->
                        rules.commit(person.http(), branch, "b.txt", "b", "start_branch", "main", "force", true);
                    case DELETE -> throw new AssertionError();
                };
                var cell = String.join(" ", "heads", protection.name(), action.name(), person.name(), "api");
                expected.put(cell, mayBranch(person, protection, action));
                actual.put(cell, answer.status() < 300);
                assertThat(answer.status()).as(cell + " " + answer).isIn(200, 201, 403);
            }
        }
    }

    /** Before anything is protected: the refs that are to be moved or deleted. */
    private void make(List<Person> people) {
        var specs = new ArrayList<>(List.of("push", "-q", rules.adminUrl()));
        for (var person : people) {
            for (var protection : Protection.values()) {
                for (var action : List.of(Action.PUSH, Action.FORCE, Action.DELETE)) {
                    for (var way : List.of("http", "ssh", "api")) {
                        var name = protection.prefix() + person.name() + "-" + way + "-" + action;
                        specs.add(first + ":refs/heads/" + name);
                        specs.add(first + ":refs/tags/" + name);
                    }
                }
            }
        }
        git.ok(specs.toArray(String[]::new));
    }
}
