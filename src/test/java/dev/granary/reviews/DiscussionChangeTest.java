package dev.granary.reviews;

import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.access.Role;
import dev.granary.identity.UserAccount;
import dev.granary.reviews.DiscussionChanged.Kind;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.Http;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.TestDatabase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ApplicationEventMulticaster;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import tools.jackson.databind.JsonNode;

/** What becomes of discussions: changes, resolutions, places in later versions, suggestions. */
@OnBothDatabases
class DiscussionChangeTest {
    private final GranaryServer server;
    private final ReviewFixture reviews;
    private final String one;
    private final String path;

    DiscussionChangeTest(TestDatabase database) {
        server = GranaryServer.shared(database);
        reviews = new ReviewFixture(server);
        one = reviews.path + "/merge-requests/1";
        path = one + "/discussions";
    }

    private static JsonNode made(Http.Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        return answer.json();
    }

    private static JsonNode ok(Http.Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json();
    }

    private String open(Http http, Map<String, ?> body) {
        return made(http.post(path, body)).get("id").asString();
    }

    private static Map<String, Object> on(String file, int oldLine, int newLine) {
        return Map.of("old_path", file, "new_path", file, "old_line", oldLine, "new_line", newLine);
    }

    private static List<Long> noteIds(JsonNode discussion) {
        return discussion
                .get("notes")
                .valueStream()
                .map(note -> note.get("id").longValue())
                .toList();
    }

    private String update(String file, String content) {
        var action = Map.of("action", "update", "file_path", file, "content", content);
        var body = Map.of("branch", "feature", "commit_message", "Change", "actions", List.of(action));
        var made = reviews.http.post("/v2/projects/" + reviews.repository.id() + "/repository/commits", body);
        assertThat(made.status()).as(made.toString()).isEqualTo(200);
        return made.result().get("id").asString();
    }

    @Test
    void findingsAreResolvedByOthersThanThoseTheyAreAbout() {
        reviews.request("feature");
        var reviewer = reviews.member(Role.DEVELOPER);
        var assignee = reviews.member(Role.DEVELOPER);
        var finding = Map.of("body", "Wrong", "severity", "minor", "assignee_id", assignee.uuid());
        var id = path + "/" + open(reviews.as(reviewer), finding);
        var resolve = Map.of("resolved", true);
        for (var about : List.of(reviews.owner, assignee)) {
            assertThat(reviews.as(about).put(id, resolve).errorCode()).isEqualTo("CH.092220");
        }
        assertThat(reviews.http.with("X-Language", "zh-cn").put(id, resolve).errorText())
                .contains("不能解决");
        for (var wayRound : List.of(
                reviews.http.put(id, Map.of("severity", "suggestion")),
                reviews.http.put(id + "/archive", Map.of("archived", true)),
                reviews.http.delete(
                        id + "/notes/" + noteIds(ok(reviews.http.get(id))).getFirst()))) {
            assertThat(wayRound.errorCode()).isEqualTo("CH.092220");
        }
        assertThat(reviews.http.put(id, Map.of("resolved", true, "body", "x")).status())
                .isEqualTo(400);
        var resolved = ok(reviews.as(reviewer).put(id, resolve));
        assertThat(resolved.get("resolved").booleanValue()).isTrue();
        assertThat(resolved.get("notes")
                        .get(0)
                        .get("resolved_by")
                        .get("username")
                        .asString())
                .isEqualTo(reviewer.name());
        assertThat(reviews.http.get(path + "?unresolved=false").header("X-Total"))
                .isEqualTo("1");
        ok(reviews.http.put(id, Map.of("resolved", false)));
        assertThat(unresolved()).isEqualTo(1);
        ok(reviews.as(reviewer).put(id, Map.of("severity", "suggestion")));
        var note = noteIds(ok(reviews.http.get(id))).getFirst();
        assertThat(ok(reviews.http.put(id + "/notes/" + note, resolve))
                        .get("resolved")
                        .booleanValue())
                .as("a suggestion is resolved by anybody")
                .isTrue();
        assertThat(unresolved()).isZero();
        assertThat(reviews.notes(1))
                .endsWith(
                        "resolved the discussion \"Wrong\"",
                        "reopened the discussion \"Wrong\"",
                        "resolved the discussion \"Wrong\"");
        var remark = path + "/" + open(reviews.http, Map.of("body", "Nice"));
        assertThat(reviews.http.put(remark, resolve).errorCode()).isEqualTo("CH.092222");
        assertThat(reviews.as(reviews.member(Role.VIEWER)).put(id, resolve).status())
                .isEqualTo(403);
    }

    private int unresolved() {
        return reviews.http
                .get(reviews.path + "/merge-requests/statistic?iids=1")
                .json()
                .get(0)
                .get("notes_count")
                .get("unresolved_notes_count")
                .intValue();
    }

    @Test
    void textsBelongToTheirAuthorsAndArchivedOnesStayAsTheyAre() {
        reviews.request("feature");
        var told = new CopyOnWriteArrayList<Kind>();
        ApplicationListener<?> listener = ApplicationListener.forPayload((DiscussionChanged event) -> {
            if (event.discussion().repositoryId() == reviews.repository.id()
                    && TransactionSynchronizationManager.isActualTransactionActive()) {
                told.add(event.kind());
            }
        });
        var events = server.bean(ApplicationEventMulticaster.class);
        events.addApplicationListener(listener);
        var author = reviews.member(Role.DEVELOPER);
        var other = reviews.member(Role.DEVELOPER);
        var manager = reviews.as(reviews.member(Role.COMMITTER));
        var id = path + "/" + open(reviews.as(author), Map.of("body", "First", "severity", "major"));
        made(reviews.as(other).post(id + "/notes", Map.of("body", "Reply")));
        var notes = noteIds(ok(reviews.http.get(id)));
        var reply = id + "/notes/" + notes.get(1);
        assertThat(reviews.http.put(id, Map.of("body", "Mine now")).errorCode())
                .as("not even by who may edit the request")
                .isEqualTo("CH.092221");
        assertThat(reviews.as(other).put(id, Map.of("severity", "minor")).status())
                .isEqualTo(403);
        assertThat(reviews.as(other).delete(id + "/notes/" + notes.get(0)).status())
                .isEqualTo(403);
        assertThat(ok(reviews.as(other).put(reply, Map.of("body", "Better")))
                        .get("body")
                        .asString())
                .isEqualTo("Better");
        var changed = ok(reviews.as(author)
                .put(id, Map.of("body", "Second", "review_categories", "security", "assignee_id", other.id())));
        assertThat(changed.get("notes").get(0).get("body").asString()).isEqualTo("Second");
        assertThat(changed.get("review_categories_cn").asString()).isEqualTo("安全");
        assertThat(changed.get("severity").asString()).isEqualTo("major");
        ok(manager.put(id, Map.of("severity", "fatal", "assignee_id", "")));
        assertThat(ok(reviews.http.get(id)).get("assignee").isNull()).isTrue();
        assertThat(reviews.http.put(reply + "0", Map.of("body", "x")).errorCode())
                .isEqualTo("CH.092217");

        assertThat(reviews.as(author)
                        .put(id + "/archive", Map.of("archived", true))
                        .status())
                .isEqualTo(403);
        assertThat(ok(manager.put(id + "/archive", Map.of("archived", true)))
                        .get("archived")
                        .booleanValue())
                .isTrue();
        for (var refused : List.of(
                reviews.as(author).put(id, Map.of("body", "x")),
                reviews.as(author).put(id, Map.of("resolved", true)),
                reviews.as(author).post(id + "/notes", Map.of("body", "x")),
                reviews.as(other).put(reply, Map.of("body", "x")),
                manager.delete(reply))) {
            assertThat(refused.errorCode()).isEqualTo("CH.092218");
        }
        assertThat(unresolved()).as("what takes no resolution holds nothing up").isZero();
        ok(manager.put(id + "/archive", Map.of("archived", false)));
        assertThat(manager.delete(reply).status()).isEqualTo(204);
        assertThat(ok(reviews.http.get(id)).get("notes").size()).isEqualTo(1);
        assertThat(reviews.as(author).delete(id + "/notes/" + notes.get(0)).status())
                .isEqualTo(204);
        assertThat(reviews.http.get(id).status()).isEqualTo(404);
        assertThat(reviews.notes(1)).endsWith("deleted the discussion \"Second\"");
        events.removeApplicationListener(listener);
        assertThat(told)
                .containsExactly(
                        Kind.OPENED,
                        Kind.REPLIED,
                        Kind.CHANGED,
                        Kind.CHANGED,
                        Kind.CHANGED,
                        Kind.ARCHIVED,
                        Kind.UNARCHIVED,
                        Kind.DELETED,
                        Kind.DELETED);
    }

    @Test
    void saysWhichLinesAreDiscussed() {
        reviews.commit("main", null, "b.txt", "1\n2\n3\n4\n");
        var base = reviews.commit("feature", "main", "c.txt", "new\n");
        var head = update("b.txt", "1\ntwo\n3\n4\n");
        reviews.open(Map.of("title", "x", "source_branch", "feature", "target_branch", "main"));
        open(reviews.http, Map.of("body", "added", "position", on("b.txt", -1, 2)));
        open(reviews.http, Map.of("body", "removed", "position", on("b.txt", 2, -1)));
        open(reviews.http, Map.of("body", "right", "position", on("b.txt", 3, 3)));
        var legacy = reviews.http.post(
                "/v2/repositories/" + reviews.repository.id() + "/merge_requests/1/discussions",
                Map.of("body", "left", "lineTypes", "old", "position", on("b.txt", 4, 4)));
        assertThat(legacy.status()).as(legacy.toString()).isEqualTo(200);
        open(reviews.http, Map.of("body", "other file", "position", on("c.txt", 0, 1)));
        open(reviews.http, Map.of("body", "whole"));
        var commit = reviews.path + "/commits/" + head;
        made(reviews.http.post(commit + "/discussions", Map.of("body", "of a commit", "position", on("b.txt", 0, 2))));
        assertThat(base).isNotEqualTo(head);
        var lines = reviews.http.get(one + "/comments-by-line");
        assertThat(lines.header("X-Total")).isEqualTo("2");
        assertThat(lines(lines.json()))
                .containsExactly(
                        "b.txt new 2 new: added",
                        "b.txt new 3 unchanged-r: right",
                        "b.txt old 2 old: removed",
                        "b.txt old 4 unchanged-l: left",
                        "c.txt new 1 new: other file");
        assertThat(lines(reviews.http
                        .get(one + "/comments-by-line?path=b.txt&line=2&with_commit_comments=true&view=basic")
                        .json()))
                .containsExactly("b.txt new 2 new: added, of a commit", "b.txt old 2 old: removed");
        assertThat(lines(reviews.http.get(commit + "/comments-by-line").json()))
                .containsExactly("b.txt new 2 new: of a commit");
        var next = update("b.txt", "0\n1\ntwo\n3\n4\n");
        assertThat(lines(reviews.http.get(one + "/comments-by-line?path=b.txt").json()))
                .containsExactly(
                        "b.txt new 3 new: added",
                        "b.txt new 4 unchanged-r: right",
                        "b.txt old 2 old: removed",
                        "b.txt old 4 unchanged-l: left");
        assertThat(lines(reviews.http
                        .get(one + "/comments-by-line?path=b.txt&line=3&head_sha=" + next)
                        .json()))
                .containsExactly("b.txt new 3 new: added");
        assertThat(lines(reviews.http
                        .get(one + "/comments-by-line?path=b.txt&line=2&head_sha=" + head)
                        .json()))
                .as("the version before")
                .containsExactly("b.txt new 2 new: added", "b.txt old 2 old: removed");
        assertThat(reviews.http
                        .get(one + "/comments-by-line?head_sha=" + "1".repeat(40))
                        .errorCode())
                .isEqualTo("CH.092210");
        assertThat(server.http(null, null).get(one + "/comments-by-line").status())
                .isEqualTo(401);
        assertThat(reviews.as(server.newUser("stranger"))
                        .get(commit + "/comments-by-line")
                        .status())
                .isEqualTo(404);
        for (var bad : List.of("head_sha=x", "view=all", "line=0")) {
            assertThat(reviews.http.get(one + "/comments-by-line?" + bad).status())
                    .isEqualTo(400);
        }
    }

    private static List<String> lines(JsonNode files) {
        var lines = new ArrayList<String>();
        for (var file : files) {
            for (var side : List.of("new", "old")) {
                for (var line : file.get(side)) {
                    var bodies = line.get("discussions")
                            .valueStream()
                            .map(each -> each.get("notes").get(0).get("body").asString())
                            .sorted()
                            .collect(Collectors.joining(", "));
                    lines.add(file.get("path").asString() + " " + side + " "
                            + line.get("line").intValue() + " "
                            + line.get("type").asString() + ": " + bodies);
                }
            }
        }
        return lines;
    }

    @Test
    void suggestionsBecomeCommits() {
        reviews.commit("feature", "main", "b.txt", "1\r\n2\r\n3\r\n4");
        reviews.open(Map.of("title", "x", "source_branch", "feature", "target_branch", "main"));
        var reviewer = reviews.member(Role.DEVELOPER);
        var stretch = new HashMap<String, Object>(on("b.txt", 0, 3));
        stretch.put("first_new_line", 2);
        var id = suggest(reviewer, stretch, "So:\n```suggestion\ntwo\nand 三\n```\nor\n```suggestion:-2+1\n```\n");
        var apply = id + "/notes/" + noteIds(ok(reviews.http.get(id))).getFirst() + "/apply-suggestion";
        assertThat(reviews.as(reviews.member(Role.VIEWER)).post(apply, Map.of()).status())
                .isEqualTo(403);
        assertThat(reviews.http.post(apply, Map.of("index", 2)).errorCode()).isEqualTo("CH.092225");
        var before = reviews.ref("refs/heads/feature");
        var commit = made(reviews.http.post(apply, Map.of("commit_message", "As suggested")))
                .get("commit_id")
                .asString();
        assertThat(reviews.ref("refs/heads/feature")).isEqualTo(commit).isNotEqualTo(before);
        assertThat(content("b.txt")).isEqualTo("1\r\ntwo\r\nand 三\r\n4");
        assertThat(reviews.show(1).get("sha").asString()).isEqualTo(commit);
        assertThat(reviews.notes(1)).anyMatch(note -> note.contains("applied a suggestion to b.txt"));
        assertThat(ok(reviews.http.get(id))
                        .get("notes")
                        .get(0)
                        .get("is_outdated")
                        .booleanValue())
                .isTrue();
        assertThat(reviews.http.post(apply, Map.of()).errorCode()).isEqualTo("CH.092226");

        var rest = suggest(reviewer, on("b.txt", 0, 3), "```suggestion:-2+1\nall\n```");
        var all = rest + "/notes/" + noteIds(ok(reviews.http.get(rest))).getFirst() + "/apply-suggestion";
        made(reviews.as(reviewer).post(all, Map.of()));
        assertThat(content("b.txt")).isEqualTo("all");
        ok(reviews.http.put(one, Map.of("state_event", "close")));
        assertThat(reviews.http.post(all, Map.of()).errorCode()).isEqualTo("CH.092205");
    }

    @Test
    void whoAsksFromAForkTakesPartAndAppliesSuggestionsThere() {
        var open = new ReviewFixture(server, 20);
        var user = server.newUser("forker");
        var fork = open.fork(user);
        ReviewFixture.commit(fork, open.as(user), "idea", "main", "idea.txt", "idea\n");
        var asked = Map.of(
                "title",
                "Idea",
                "source_branch",
                "idea",
                "target_branch",
                "main",
                "target_repository_id",
                open.repository.id());
        made(open.as(user).post("/v4/repositories/" + fork.id() + "/merge-requests", asked));
        var there = open.path + "/merge-requests/1/discussions";
        var body = Map.of("body", "```suggestion\nbetter\n```", "position", on("idea.txt", 0, 1));
        var finding = made(open.http.post(there, body));
        var id = there + "/" + finding.get("id").asString();
        var apply = id + "/notes/" + noteIds(finding).getFirst() + "/apply-suggestion";
        assertThat(open.http.post(apply, Map.of()).status())
                .as("the fork is not theirs")
                .isEqualTo(404);
        made(open.as(user).post(id + "/notes", Map.of("body", "Thanks")));
        var commit = made(open.as(user).post(apply, Map.of())).get("commit_id").asString();
        assertThat(open.show(1).get("sha").asString()).isEqualTo(commit);
        assertThat(open.as(server.newUser("passer-by"))
                        .post(id + "/notes", Map.of("body", "Me too"))
                        .status())
                .isEqualTo(403);
    }

    private String suggest(UserAccount reviewer, Map<String, ?> position, String body) {
        return path + "/" + open(reviews.as(reviewer), Map.of("body", body, "position", position));
    }

    private String content(String file) {
        var shown = reviews.http.get(
                "/v2/projects/" + reviews.repository.id() + "/repository/files?ref=feature&file_path=" + file);
        assertThat(shown.status()).as(shown.toString()).isEqualTo(200);
        return new String(
                java.util.Base64.getDecoder()
                        .decode(shown.result().get("content").asString()),
                java.nio.charset.StandardCharsets.UTF_8);
    }

    /** Whatever is pushed: a discussion is on a line with the text that it was made about, or says that it is outdated. */
    @Test
    void discussionsNeverPointElsewhere() {
        var random = new Random(11);
        var lines = lines(random, 30);
        reviews.commit("main", null, "r.txt", text(lines));
        var head = edited(random, lines);
        reviews.commit("feature", "main", "other.txt", "x\n");
        update("r.txt", text(head));
        reviews.open(Map.of("title", "x", "source_branch", "feature", "target_branch", "main"));
        var versions = new HashMap<String, List<String>>();
        var carried = 0;
        var outdated = 0;
        for (var round = 0; round < 8; round++) {
            versions.put(reviews.ref("refs/heads/feature"), head);
            for (var line = 1 + random.nextInt(3); line <= head.size(); line += 4 + random.nextInt(4)) {
                reviews.http.post(path, Map.of("body", "> " + head.get(line - 1), "position", on("r.txt", 0, line)));
            }
            for (var discussion : ok(reviews.http.get(path + "?limit=100"))) {
                var note = discussion.get("notes").get(0);
                var position = note.get("position");
                var there = Objects.requireNonNull(
                        versions.get(position.get("head_sha").asString()));
                assertThat("> " + there.get(position.get("new_line").intValue() - 1))
                        .isEqualTo(note.get("body").asString());
                var current = position.get("head_sha").asString().equals(reviews.ref("refs/heads/feature"));
                assertThat(current).isNotEqualTo(note.get("is_outdated").booleanValue());
                carried += current ? 1 : 0;
                outdated += current ? 0 : 1;
            }
            head = edited(random, head);
            update("r.txt", text(head));
        }
        assertThat(carried).isGreaterThan(50);
        assertThat(outdated).isGreaterThan(10);
    }

    private static String text(List<String> lines) {
        return String.join("\n", lines) + "\n";
    }

    private static List<String> lines(Random random, int count) {
        var lines = new ArrayList<String>();
        for (var index = 0; index < count; index++) {
            lines.add(line(random));
        }
        return lines;
    }

    /** Some lines are there several times. */
    private static String line(Random random) {
        return random.nextInt(4) == 0 ? "}" : "line " + random.nextInt(60);
    }

    private static List<String> edited(Random random, List<String> lines) {
        var edited = new ArrayList<>(lines);
        for (var count = 3 + random.nextInt(5); count > 0; count--) {
            var at = random.nextInt(edited.size());
            switch (random.nextInt(3)) {
                case 0 -> edited.add(at, line(random));
                case 1 -> edited.set(at, line(random));
                default -> edited.remove(at);
            }
        }
        edited.add(random.nextInt(edited.size()), "version " + random.nextInt());
        return edited;
    }
}
