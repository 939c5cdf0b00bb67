package dev.granary.merging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.merging.MergeResult.Conflicting;
import dev.granary.merging.MergeResult.Made;
import dev.granary.merging.MergeResult.Nothing;
import dev.granary.testing.Git;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.eclipse.jgit.revwalk.RevCommit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Merges must have the result that Git has: the same tree, or conflicts in both. More histories than usual are compared with
 * {@code -Dhistories=1000}, others with {@code -Dfirst=1000}.
 */
class MergeComparisonTest {
    private static final int HISTORIES = Integer.getInteger("histories", 200);
    private static final int FIRST = Integer.getInteger("first", 0);

    @TempDir
    private Path folder;

    private Git git;
    private Scene scene;

    /** What Git says of a merge. */
    private record Expected(boolean clean, String tree) {}

    @BeforeEach
    void makeHistories() throws IOException {
        git = Git.in(folder);
        git.ok("init", "-q", "--bare", ".");
        git.ok("config", "merge.directoryRenames", "false");
        var stream = new ByteArrayOutputStream();
        var marks = new RandomHistory.Marks();
        for (var number = FIRST; number < FIRST + HISTORIES; number++) {
            new RandomHistory(number, "h" + number, marks, stream).write();
        }
        load(stream.toByteArray());
        scene = new Scene(folder);
    }

    @AfterEach
    void close() {
        scene.close();
    }

    private void load(byte[] stream) throws IOException {
        Files.write(folder.resolve("stream"), stream);
        git.program(List.of("sh", "-c", "git fast-import --quiet < stream")).ok();
    }

    private RevCommit tip(int history, String side) throws IOException {
        var ref = Objects.requireNonNull(scene.git().exactRef("refs/heads/h" + history + "-" + side));
        return scene.git().parseCommit(ref.getObjectId());
    }

    @Test
    void mergesAndSquashesAsGit() throws IOException {
        var pairs = new ArrayList<List<String>>();
        for (var number = FIRST; number < FIRST + HISTORIES; number++) {
            pairs.add(List.of("h" + number + "-ours", "h" + number + "-theirs"));
        }
        var expected = merged(pairs);
        var wrong = new ArrayList<String>();
        for (var number = 0; number < HISTORIES; number++) {
            var ours = tip(FIRST + number, "ours");
            var theirs = tip(FIRST + number, "theirs");
            var name = "history " + (FIRST + number);
            compare(
                    name,
                    expected.get(number),
                    scene.merges().merge(scene.git(), ours, theirs, Scene.ORDER),
                    ours,
                    wrong);
            var squashed = scene.merges().squash(scene.git(), ours, theirs, Scene.ORDER);
            compare(name + " squashed", expected.get(number), squashed, ours, wrong);
        }
        assertThat(wrong).isEmpty();
        assertThat(expected).anyMatch(Expected::clean).anyMatch(merge -> !merge.clean());
    }

    @Test
    void picksAndRevertsAsGit() throws IOException {
        var stream = new StringBuilder();
        var pairs = new ArrayList<List<String>>();
        for (var number = FIRST; number < FIRST + HISTORIES; number++) {
            var ours = tip(number, "ours");
            var theirs = tip(number, "theirs");
            var parent = theirs.getParentCount() == 0 ? null : scene.git().parseCommit(theirs.getParent(0));
            if (parent != null) {
                pairs.add(asMerge(stream, "pick" + number, parent, ours, theirs));
                pairs.add(asMerge(stream, "revert" + number, theirs, ours, parent));
            }
        }
        load(stream.toString().getBytes(StandardCharsets.UTF_8));
        var expected = merged(pairs).iterator();
        var wrong = new ArrayList<String>();
        for (var number = FIRST; number < FIRST + HISTORIES; number++) {
            var ours = tip(number, "ours");
            var theirs = tip(number, "theirs");
            if (theirs.getParentCount() > 0) {
                var picked = scene.merges().cherryPick(scene.git(), ours, theirs, 1, Scene.ORDER);
                compare("pick " + number, expected.next(), picked, ours, wrong);
                var reverted = scene.merges().revert(scene.git(), ours, theirs, 1, Scene.ORDER);
                compare("revert " + number, expected.next(), reverted, ours, wrong);
            }
        }
        assertThat(wrong).isEmpty();
    }

    /** Git's picking and reverting is a merge measured against another commit. */
    private static List<String> asMerge(
            StringBuilder stream, String name, RevCommit base, RevCommit ours, RevCommit theirs) {
        synthetic(stream, name + "-base", null, base);
        synthetic(stream, name + "-ours", name + "-base", ours);
        synthetic(stream, name + "-theirs", name + "-base", theirs);
        return List.of(name + "-ours", name + "-theirs");
    }

    private static void synthetic(StringBuilder stream, String name, @Nullable String parent, RevCommit tree) {
        stream.append(
                "commit refs/heads/%s\ncommitter T <t@example.com> 1700000000 +0000\ndata 1\nx\n".formatted(name));
        if (parent != null) {
            stream.append("from refs/heads/%s\n".formatted(parent));
        }
        stream.append("M 040000 %s \"\"\n\n".formatted(tree.getTree().name()));
    }

    @Test
    void rebasesAsGit() throws IOException {
        var checkout = folder.resolve("checkout");
        git.ok("worktree", "add", "-q", "--detach", checkout.toString(), "h" + FIRST + "-ours");
        var work = git.at(checkout);
        var wrong = new ArrayList<String>();
        var compared = 0;
        for (var number = FIRST; number < FIRST + HISTORIES && compared < HISTORIES / 16; number++) {
            var ours = tip(number, "ours");
            var theirs = tip(number, "theirs");
            if (Integer.parseInt(git.ok("rev-list", "--count", theirs.name(), "^" + ours.name())) < 2) {
                continue;
            }
            compared++;
            work.ok("checkout", "-q", "-f", "--detach", theirs.name());
            work.ok("clean", "-q", "-ffdx");
            var clean = work.run("rebase", "-q", ours.name()).exit() == 0;
            var expected = new Expected(clean, work.ok("rev-parse", "HEAD^{tree}"));
            if (!clean) {
                work.run("rebase", "--abort");
            }
            var rebased = scene.merges().rebase(scene.git(), ours, theirs, Scene.TESTER);
            compare("rebase " + number, expected, rebased, ours, wrong);
        }
        assertThat(wrong).isEmpty();
        assertThat(compared).isEqualTo(HISTORIES / 16);
    }

    private void compare(String name, Expected expected, MergeResult result, RevCommit target, List<String> wrong) {
        var right = switch (result) {
            case Made made -> expected.clean() && made.tree().name().equals(expected.tree());
            case Nothing _ -> expected.clean() && target.getTree().name().equals(expected.tree());
            case Conflicting _ -> !expected.clean() || markersInside(expected.tree());
        };
        if (!right) {
            wrong.add(name + ": " + result + " instead of " + expected);
        }
    }

    /** Once in some hundred of these histories, Git takes a text with conflict markers for a clean merge. */
    private boolean markersInside(String tree) {
        return git.run("grep", "-q", "^<<<<<<<", tree).exit() == 0;
    }

    private List<Expected> merged(List<List<String>> pairs) throws IOException {
        var input = new StringBuilder();
        pairs.forEach(pair -> input.append(String.join(" ", pair)).append('\n'));
        Files.writeString(folder.resolve("pairs"), input);
        var out = git.program(List.of("sh", "-c", "git merge-tree --write-tree --stdin < pairs"))
                .ok()
                .out();
        var expected = new ArrayList<Expected>();
        var parts = List.of(out.split("\0", -1));
        var at = 0;
        while (at + 1 < parts.size()) {
            var clean = "1".equals(parts.get(at));
            expected.add(new Expected(clean, parts.get(at + 1)));
            at += 2;
            while (!parts.get(at).isEmpty()) {
                at++;
            }
            at++;
            while (!clean && !parts.get(at).isEmpty()) {
                at += Integer.parseInt(parts.get(at)) + 3;
            }
            at += clean ? 0 : 1;
        }
        assertThat(expected).hasSameSizeAs(pairs);
        return expected;
    }
}
