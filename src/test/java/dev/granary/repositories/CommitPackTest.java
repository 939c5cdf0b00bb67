package dev.granary.repositories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.testing.Git;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Random;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommitPackTest {
    @TempDir
    private Path folder;

    private Repository repository;

    @BeforeEach
    void create() throws IOException {
        repository =
                new FileRepositoryBuilder().setGitDir(folder.toFile()).setBare().build();
        repository.create(true);
    }

    @AfterEach
    void close() {
        repository.close();
    }

    private Path packs() {
        return folder.resolve("objects/pack");
    }

    @Test
    void whatItWroteIsReadByJGitAndByGit() throws IOException {
        var random = new Random(1);
        var written = new HashMap<ObjectId, byte[]>();
        try (var inserter = CommitPack.into(repository)) {
            // Around the lengths where the size before an object takes one more byte, and one larger than any buffer.
            for (var length : new int[] {0, 1, 15, 16, 17, 2047, 2048, 2049, 262_143, 262_144, 3_000_000}) {
                var bytes = new byte[length];
                random.nextBytes(bytes);
                written.put(inserter.insert(Constants.OBJ_BLOB, bytes), bytes);
            }
            var text = "line\n".repeat(100_000).getBytes(StandardCharsets.UTF_8);
            written.put(inserter.insert(Constants.OBJ_BLOB, text), text);
            assertThat(inserter.insert(Constants.OBJ_BLOB, text)).isIn(written.keySet());
            assertThat(packs()).isEmptyDirectory();
            inserter.flush();
        }
        try (var reader = repository.newObjectReader()) {
            for (var object : written.entrySet()) {
                assertThat(reader.open(object.getKey(), Constants.OBJ_BLOB).getBytes())
                        .isEqualTo(object.getValue());
            }
        }
        try (var files = Files.list(packs())) {
            assertThat(files.map(file -> file.getFileName().toString().replaceFirst(".*\\.", "")))
                    .containsExactlyInAnyOrder("pack", "idx");
        }
        var git = Git.in(folder);
        git.run("fsck", "--full", "--strict").ok();
        assertThat(git.ok("cat-file", "--batch-all-objects", "--batch-check").lines())
                .hasSize(written.size());
        try (var indexes = Files.newDirectoryStream(packs(), "*.idx")) {
            for (var index : indexes) {
                git.run("verify-pack", index.toString()).ok();
            }
        }
    }

    @Test
    void nothingInsertedIsNoPack() throws IOException {
        try (var inserter = CommitPack.into(repository)) {
            inserter.flush();
        }
        assertThat(packs()).isEmptyDirectory();
    }

    @Test
    void theSameObjectsTwiceAreOnePack() throws IOException {
        for (var round = 0; round < 2; round++) {
            try (var inserter = CommitPack.into(repository)) {
                inserter.insert(Constants.OBJ_BLOB, new byte[100]);
                inserter.flush();
            }
        }
        try (var files = Files.list(packs())) {
            assertThat(files).hasSize(2);
        }
        Git.in(folder).run("fsck", "--full", "--strict").ok();
    }
}
