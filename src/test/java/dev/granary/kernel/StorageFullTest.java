package dev.granary.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class StorageFullTest {
    @Test
    void knowsFullDisksByWhatSystemsCallThem() {
        var disk = new IOException("/data/tmp/x: No space left on device");
        assertThat(StorageFull.causes(disk)).isTrue();
        assertThat(StorageFull.causes(new IllegalStateException(new UncheckedIOException(disk))))
                .isTrue();
        assertThat(StorageFull.causes(new SQLException(
                        "[SQLITE_FULL] Insertion failed because database is full (database or disk is full)")))
                .isTrue();
        var closing = new IllegalStateException("could not be closed");
        closing.addSuppressed(disk);
        assertThat(StorageFull.causes(closing)).isTrue();
    }

    @Test
    void takesNothingElseForOne() {
        assertThat(StorageFull.causes(new IOException("Connection reset"))).isFalse();
        assertThat(StorageFull.causes(new IOException((String) null))).isFalse();
        assertThat(StorageFull.causes(null)).isFalse();
    }
}
