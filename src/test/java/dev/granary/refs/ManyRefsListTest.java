package dev.granary.refs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.testing.GranaryServer;
import dev.granary.testing.TestDatabase;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.eclipse.jgit.lib.RepositoryCache;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A repository of a great many refs. The statements are the same on both databases. */
class ManyRefsListTest {
    private static final int COUNT = 20_000;

    private final RefFixture refs = new RefFixture(GranaryServer.shared(TestDatabase.SQLITE));

    @Test
    void aPageIsAnsweredWithoutReadingAllRefs() throws IOException {
        var packed = refs.git().folder().resolve("packed-refs");
        var text = new StringBuilder("# pack-refs with: peeled fully-peeled sorted \n");
        for (var i = 0; i < COUNT; i++) {
            text.append(refs.first).append(" refs/heads/topic/%06d\n".formatted(i));
        }
        Files.writeString(packed, text);
        backdate(refs.git().folder());

        var page = refs.http.get(refs.v4() + "/branches?offset=19990&limit=20");
        assertThat(page.header("X-Total")).isEqualTo(Integer.toString(COUNT + 1));
        assertThat(page.json().size()).isEqualTo(11);
        assertThat(page.json().get(0).get("name").asString()).isEqualTo("topic/019989");

        // Somebody who read the refs now would find another name.
        tamper(packed, "refs/heads/topic/000007", "refs/heads/tamed/000007");
        RepositoryCache.clear();
        assertThat(refs.names("/branches?offset=8&limit=1")).containsExactly("topic/000007");
        assertThat(refs.names("/refs?search=000007")).containsExactly("topic/000007");
        tamper(packed, "refs/heads/tamed/000007", "refs/heads/topic/000007");
        // What others read of the file meanwhile looks current to them.
        RepositoryCache.clear();

        refs.branch("one-more", "master");
        assertThat(refs.names("/branches?limit=2")).containsExactly("master", "one-more");
        assertRowsAre("master", "one-more");
        assertThat(refs.http
                        .put(refs.v4() + "/branch", Map.of("old_branch", "one-more", "new_branch", "another"))
                        .status())
                .isEqualTo(200);
        assertThat(refs.names("/branches?limit=2")).containsExactly("another", "master");
        assertRowsAre("master", "another");
    }

    /** There is a row for each topic and for these, and no other. */
    private void assertRowsAre(String... others) {
        var expected =
                IntStream.range(0, COUNT).mapToObj("topic/%06d"::formatted).collect(Collectors.toSet());
        expected.addAll(List.of(others));
        var rows = refs.server
                .bean(JdbcClient.class)
                .sql("SELECT full_name FROM git_ref WHERE repository_id = ?")
                .param(refs.repository.id())
                .query(String.class)
                .set();
        var unexpected = rows.stream()
                .map(name -> name.substring("refs/heads/".length()))
                .filter(name -> !expected.remove(name))
                .toList();
        assertThat(unexpected).as("rows without a ref").isEmpty();
        assertThat(expected).as("refs without a row").isEmpty();
    }

    /** So that what is remembered of the files holds: changes a moment ago are not trusted. */
    private static void backdate(Path repository) throws IOException {
        var time = FileTime.from(Instant.now().minusSeconds(60).plusNanos(1_000_001));
        Files.setLastModifiedTime(repository.resolve("packed-refs"), time);
        Files.setLastModifiedTime(repository.resolve("HEAD"), time);
        Files.setLastModifiedTime(repository.resolve("config"), time);
        try (var paths = Files.walk(repository.resolve("refs"))) {
            for (var path : (Iterable<Path>) paths::iterator) {
                Files.setLastModifiedTime(path, time);
            }
        }
    }

    /** Changes a file in place without its looking different. */
    private static void tamper(Path file, String from, String to) throws IOException {
        var time = Files.getLastModifiedTime(file);
        var at = Files.readString(file, StandardCharsets.US_ASCII).indexOf(from);
        try (var access = new RandomAccessFile(file.toFile(), "rw")) {
            access.seek(at);
            access.write(to.getBytes(StandardCharsets.US_ASCII));
        }
        Files.setLastModifiedTime(file, time);
    }
}
