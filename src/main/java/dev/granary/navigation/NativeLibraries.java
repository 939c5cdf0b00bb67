package dev.granary.navigation;

import dev.granary.navigation.ParserWorker.UnavailableException;
import dev.granary.storage.DataFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Puts the parsers' native libraries, which come in the jar, where processes can load them: {@code cache/parsers}. */
@Component
class NativeLibraries {
    private static final String CORE = "";

    private final Path folder;
    private final Path temporary;
    private final Set<String> written = new HashSet<>();

    NativeLibraries(DataFolder data) {
        this.folder = data.cache().resolve("parsers");
        this.temporary = data.tmp();
    }

    /** What the parser library is told as {@code tree-sitter-lib}. */
    Path folder() {
        return folder;
    }

    /**
     * Writes what a language needs, unless this server has done so. What an earlier server left is written anew.
     *
     * @throws UnavailableException when the jar has nothing for this machine
     */
    synchronized void provide(SourceLanguage language) throws IOException {
        write(CORE);
        write("-" + language.key());
    }

    private void write(String part) throws IOException {
        var name = "lib/" + machine() + "-tree-sitter" + part + ending();
        if (written.contains(name)) {
            return;
        }
        try (var in = NativeLibraries.class.getClassLoader().getResourceAsStream(name)) {
            if (in == null) {
                throw new UnavailableException("There is no " + name);
            }
            var target = folder.resolve(name);
            Files.createDirectories(target.resolveSibling("."));
            var copy = Files.createTempFile(temporary, "parser", "");
            try {
                Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
                Files.move(copy, target, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(copy);
            }
        }
        written.add(name);
    }

    private static String machine() {
        var architecture = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        var system = system();
        return (architecture.equals("amd64") ? "x86_64" : architecture) + "-"
                + (system.contains("mac") ? "macos" : system.contains("windows") ? "windows" : "linux-gnu");
    }

    private static String ending() {
        return system().contains("mac") ? ".dylib" : system().contains("windows") ? ".dll" : ".so";
    }

    private static String system() {
        return System.getProperty("os.name").toLowerCase(Locale.ROOT);
    }
}
