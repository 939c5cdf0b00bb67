package dev.granary.statistics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.projects.ProjectService;
import dev.granary.repositories.HostedRepository;
import dev.granary.repositories.RepositoryService;
import dev.granary.testing.Git;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.Http;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.TestDatabase;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What is counted in the background is what native git counts, whatever was pushed in which order. */
@OnBothDatabases
class StatisticsApiTest {
    private static final String[][] PEOPLE = {{"Ann", "ann@example.com"}, {"Ben", "ben@example.com"}, {"安", "an@x.cn"}};

    private final GranaryServer server;
    private HostedRepository repository;
    private Http http;
    private Git work;
    private String v4;
    private final Random random = new Random(7);
    private int commits;

    @TempDir
    private Path folder;

    StatisticsApiTest(TestDatabase database) {
        server = GranaryServer.shared(database);
    }

    @BeforeEach
    void makeARepository() throws IOException {
        var name = GranaryServer.unique("counted");
        var project = server.bean(ProjectService.class).create(server.admin(), name, "", "scrum");
        repository = server.bean(RepositoryService.class).create(server.admin(), project, name, "", 0);
        http = server.asAdmin();
        v4 = "/v4/repositories/" + repository.id();
        work = Git.in(Files.createDirectory(folder.resolve("work")));
        work.ok("init", "-q", "-b", "main");
        work.ok(
                "remote",
                "add",
                "origin",
                server.url()
                                .replace(
                                        "://",
                                        "://admin:"
                                                + URLEncoder.encode(GranaryServer.ADMIN_PASSWORD, UTF_8)
                                                        .replace("+", "%20")
                                                + "@")
                        + "/" + repository.fullPath() + ".git");
    }

    /** A commit by one of three people, on one of the last twenty days, that changes a few lines. */
    private void commit(String... more) throws IOException {
        var person = PEOPLE[random.nextInt(PEOPLE.length)];
        var date = LocalDate.now().minusDays(20).plusDays(commits / 3) + "T12:00:" + (10 + commits % 50) + "Z";
        var by = work.with("GIT_AUTHOR_NAME", person[0])
                .with("GIT_AUTHOR_EMAIL", person[1])
                .with("GIT_AUTHOR_DATE", date)
                .with("GIT_COMMITTER_DATE", date);
        commits++;
        if (more.length > 0) {
            by.ok(more);
            return;
        }
        var file = work.folder().resolve(List.of("A.java", "b.py", "docs/c.txt").get(random.nextInt(3)));
        Files.createDirectories(file.getParent());
        var lines = new ArrayList<>(Files.exists(file) ? Files.readAllLines(file) : List.of());
        for (var change = 0; change < 3; change++) {
            lines.add(random.nextInt(lines.size() + 1), "line " + random.nextInt(1000));
        }
        if (lines.size() > 6) {
            lines.remove(random.nextInt(lines.size()));
        }
        Files.write(file, lines);
        by.ok("add", ".");
        by.ok("commit", "-q", "-m", "Change " + commits);
    }

    private void push(String... refspecs) {
        var command = new ArrayList<>(List.of("push", "-q", "--force", "origin"));
        command.addAll(List.of(refspecs));
        work.ok(command.toArray(String[]::new));
    }

    private JsonNode get(String path) {
        var answer = http.get(v4 + path);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json();
    }

    /** Commits, added and deleted lines by author, as native git counts them. */
    private Map<String, String> expected(String ref) {
        var counts = new HashMap<String, long[]>();
        var count = new long[3];
        for (var line : work.ok("log", "-M", "--histogram", "--numstat", "--format=@%an", ref)
                .lines()
                .toList()) {
            if (line.startsWith("@")) {
                count = counts.computeIfAbsent(line.substring(1), _ -> new long[3]);
                count[0]++;
            } else if (!line.isBlank()) {
                var columns = line.split("\t");
                count[1] += Long.parseLong(columns[0]);
                count[2] += Long.parseLong(columns[1]);
            }
        }
        var texts = new HashMap<String, String>();
        counts.forEach((name, all) -> texts.put(name, all[0] + " +" + all[1] + " -" + all[2]));
        return texts;
    }

    private Map<String, String> counted(String branch) {
        var texts = new HashMap<String, String>();
        for (var row :
                get("/repository/stats/last-statistics?branch_name=" + branch).get("statistics")) {
            texts.put(
                    row.get("user_name").asString(),
                    row.get("commit_count") + " +" + row.get("add_lines") + " -" + row.get("delete_lines"));
        }
        return texts;
    }

    @Test
    void countsWhatNativeGitCountsAfterPushesMergesAndRewrites() throws IOException {
        for (var number = 0; number < 12; number++) {
            commit();
        }
        push("main");
        assertThat(counted("main")).isEqualTo(expected("main"));

        work.ok("checkout", "-q", "-b", "side", "HEAD~5");
        commit("commit", "-q", "--allow-empty", "-m", "Nothing");
        commit("mv", "docs/c.txt", "docs/moved.txt");
        commit("commit", "-q", "-m", "Move");
        push("side", "side:refs/tags/v1");
        assertThat(counted("side")).isEqualTo(expected("side"));
        assertThat(get("/repository/stats/last-statistics?branch_name=main")
                        .get("all_branch_commits_count")
                        .asLong())
                .as("counted before side was there")
                .isEqualTo(12);

        work.ok("checkout", "-q", "main");
        commit("merge", "-q", "--no-ff", "-X", "ours", "-m", "Merge", "side");
        push("main");
        assertThat(counted("main")).isEqualTo(expected("main"));
        var contributors = get("/contributors?skip_merge=true&order_by=name&sort=asc");
        var withoutMerges = 0L;
        for (var row : contributors) {
            withoutMerges += row.get("commits").asLong();
        }
        assertThat(Long.toString(withoutMerges)).isEqualTo(work.ok("rev-list", "--count", "--no-merges", "main"));

        work.ok("reset", "-q", "--hard", "HEAD~3");
        commit();
        push("main");
        assertThat(counted("main")).as("rewritten").isEqualTo(expected("main"));
        assertThat(http.get(v4 + "/contributors?ref_name=v1").header("X-Total"))
                .as("a tag")
                .isEqualTo(Integer.toString(expected("side").size()));
    }

    @Test
    void countsFilesByLanguageAndLinesByDay() throws IOException {
        for (var number = 0; number < 10; number++) {
            commit();
        }
        Files.createDirectories(work.folder().resolve("node_modules/x"));
        Files.writeString(work.folder().resolve("node_modules/x/index.js"), "not ours\n");
        Files.write(work.folder().resolve("logo.png"), new byte[] {1, 0, 2, 10, 3});
        commit("add", ".");
        commit("commit", "-q", "-m", "Add what is not ours");
        push("main");

        var java = Files.size(work.folder().resolve("A.java"));
        var python = Files.size(work.folder().resolve("b.py"));
        var languages = get("/repository/languages");
        assertThat(languages.get("status").asString()).isEqualTo("finish");
        var shares = new HashMap<String, Double>();
        languages
                .get("languages")
                .forEach(row ->
                        shares.put(row.get("label").asString(), row.get("value").asDouble()));
        assertThat(shares).containsOnlyKeys("Java", "Python");
        assertThat(shares.get("Java"))
                .isCloseTo(100.0 * java / (java + python), org.assertj.core.data.Offset.offset(0.01));

        var lines = 1L;
        for (var file : List.of("A.java", "b.py", "docs/c.txt")) {
            lines += Files.readAllLines(work.folder().resolve(file)).size();
        }
        assertThat(get("/repository/stats/summary").get("code_lines").asLong()).isEqualTo(lines);
        Files.delete(work.folder().resolve("b.py"));
        commit("add", ".");
        commit("commit", "-q", "-m", "Delete");
        push("main");
        assertThat(get("/repository/languages").get("languages").size()).isEqualTo(1);

        var first = LocalDate.now().minusDays(20);
        var range = "&begin_date=" + first + "&end_date=" + first.plusDays(1);
        var sums = work.ok("log", "--numstat", "--format=", "--until=" + first.plusDays(2) + "T00:00:00Z", "main")
                .lines()
                .map(line -> line.split("\t"))
                .mapToLong(columns -> Long.parseLong(columns[0]))
                .sum();
        for (var path : List.of("/v2/repositories/%d/commit_lines", "/v3/repositories/%d/commit-lines")) {
            var answer = http.get(path.formatted(repository.id()) + "?ref_name=main" + range);
            assertThat(answer.result().get("additions").asLong()).as(path).isEqualTo(sums);
        }
    }

    @Test
    void saysWhoMadeWhatInAnyOrder() throws IOException {
        var user = server.newUser("author");
        for (var number = 0; number < 4; number++) {
            commit();
        }
        work.with("GIT_AUTHOR_NAME", "Zoë")
                .with("GIT_AUTHOR_EMAIL", user.email().toUpperCase(java.util.Locale.ROOT))
                .ok("commit", "-q", "--allow-empty", "-m", "By a user");
        push("main");
        var all = get("/contributors?order_by=email&sort=desc");
        var emails = new ArrayList<String>();
        all.forEach(row -> emails.add(row.get("email").asString()));
        assertThat(emails).isSortedAccordingTo(java.util.Comparator.reverseOrder());
        var one = http.get(v4 + "/contributors?author=zOË&limit=1");
        assertThat(one.header("X-Total")).isEqualTo("1");
        assertThat(one.json().get(0).get("user_name").asString()).isEqualTo(user.name());
        var chart = get("/repository/commit-statistics?branch_name=main");
        assertThat(chart.get("commits").size()).isEqualTo(5);
        assertThat(chart.get("commits").get(0).get("user_name").asString()).isEqualTo(user.name());
        assertThat(chart.get("commits").get(0).get("is_merge").asBoolean()).isFalse();
        var counts = get("/statistics-summary");
        assertThat(counts.get("members_count").asLong()).isEqualTo(1);
        assertThat(counts.get("merge_request_count").asLong()).isZero();
    }

    @Test
    void tellsHowACountingThatSomebodyAskedForStands() throws Exception {
        assertThat(get("/repository/statistics-status").get("event").isNull()).isTrue();
        assertThat(get("/repository/languages").get("languages").size()).isZero();
        assertThat(get("/contributors").size()).isZero();
        commit();
        push("main");
        var v1 = "/v1/repositories/" + repository.id() + "/statistics";
        var launched = http.post(v1, Map.of("branch_name", "main")).result();
        assertThat(launched.get("can_statistics").asBoolean()).isTrue();
        assertThat(http.post(v4 + "/repository/statistics", Map.of("branch_name", "main"))
                        .status())
                .isEqualTo(200);
        var status = get("/repository/statistics-status");
        for (var wait = 0; wait < 500 && !status.get("can_statistics").asBoolean(); wait++) {
            Thread.sleep(20);
            status = get("/repository/statistics-status");
        }
        assertThat(status.get("event").get("status").asString()).isEqualTo("finish");
        assertThat(status.get("event").get("id").asString())
                .isEqualTo(launched.get("join_id").asString());
        assertThat(status.get("event").get("user_id").asLong())
                .isEqualTo(server.admin().id());
        var shown = http.get(v1 + "?branch_name=main").result();
        assertThat(shown.get("count").asLong()).isEqualTo(1);
        assertThat(shown.get("codelines").size()).isEqualTo(15);
    }

    @Test
    void refusesStrangersAndNonsense() throws IOException {
        commit();
        push("main");
        var stranger = server.http(server.newUser("stranger").name(), GranaryServer.PASSWORD);
        for (var path : List.of(
                "/contributors",
                "/repository/languages",
                "/repository/stats/summary",
                "/statistics-summary",
                "/repository/statistics-status",
                "/repository/commit-statistics?branch_name=main",
                "/repository/stats/last-statistics?branch_name=main")) {
            assertThat(stranger.get(v4 + path).status()).as(path).isEqualTo(404);
            assertThat(server.asNobody().get(v4 + path).status()).as(path).isEqualTo(401);
        }
        assertThat(stranger.post(v4 + "/repository/statistics", Map.of("branch_name", "main"))
                        .status())
                .isEqualTo(404);
        assertThat(http.get(v4 + "/contributors?ref_name=gone").status()).isEqualTo(404);
        assertThat(http.get(v4 + "/contributors?sort=up").errorText()).contains("sort");
        assertThat(http.post(v4 + "/repository/statistics", Map.of()).errorText())
                .contains("branch_name");
        var lines = "/v2/repositories/" + repository.id() + "/commit_lines?ref_name=main";
        assertThat(http.get(lines + "&begin_date=2024-01-01&end_date=2024-03-02")
                        .errorText())
                .contains("end_date", "60");
        assertThat(http.with("Accept-Language", "zh-CN")
                        .get(lines + "&begin_date=x&end_date=2024-03-02")
                        .errorText())
                .contains("begin_date", "必须是日期");
    }
}
