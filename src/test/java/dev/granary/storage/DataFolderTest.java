package dev.granary.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.granary.kernel.BadSettingException;
import dev.granary.kernel.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class DataFolderTest {
    @TempDir
    Path scratch;

    private DataFolder open() {
        var source = new MapConfigurationPropertySource(Map.of("granary.data-dir", scratch.toString()));
        return new DataFolder(new Binder(source).bindOrCreate("granary", Settings.class));
    }

    @Test
    void knowsACrashUntilItsRemainsArePutRight() {
        var first = open();
        assertThat(first.crashed()).isFalse();
        first.destroy();
        var second = open();
        assertThat(second.crashed()).isFalse();
        releaseAsACrashDoes(second);

        var third = open();
        assertThat(third.crashed()).isTrue();
        third.destroy();
        var fourth = open();
        assertThat(fourth.crashed()).as("a start that failed before the repair").isTrue();
        fourth.recovered();
        fourth.destroy();
        var fifth = open();
        assertThat(fifth.crashed()).isFalse();
        fifth.destroy();
    }

    private void releaseAsACrashDoes(DataFolder folder) {
        folder.destroy();
        try {
            Files.createDirectory(folder.tmp());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void keepsTheVersionAndRefusesAnother() throws IOException {
        open().destroy();
        assertThat(scratch.resolve("version")).hasContent("1\n");
        open().destroy();
        Files.writeString(scratch.resolve("version"), "2\n");
        assertThatThrownBy(this::open).isInstanceOf(BadSettingException.class).hasMessageContaining("layout 2");
    }

    @Test
    void belongsToOneServerAtATime() {
        var folder = open();
        if (Files.isReadable(Path.of("/proc/locks"))) {
            assertThat(locks()).as("the lock that other processes see").isTrue();
        }
        assertThatThrownBy(this::open).isInstanceOf(BadSettingException.class).hasMessageContaining("in use");
        folder.destroy();
        open().destroy();
    }

    /** Whether the kernel knows a lock of this process on the folder's version file. */
    private boolean locks() {
        try {
            var inode = Files.getAttribute(scratch.resolve("version"), "unix:ino");
            return Files.readAllLines(Path.of("/proc/locks")).stream()
                    .anyMatch(line -> line.contains(":" + inode + " ")
                            && line.contains(" " + ProcessHandle.current().pid() + " "));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
