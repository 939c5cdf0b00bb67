package dev.granary.statistics;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Knows the languages of files by their names, after github-linguist's data: {@code statistics/languages.tsv}. Files of
 * other projects that stand in a repository, and what tools made, belong to none.
 */
@Component
public class Languages {
    private static final int NAME = 0;
    private static final int COLOR = 1;
    private static final int EXTENSIONS = 2;
    private static final int FILE_NAMES = 3;

    private static final Set<String> FOREIGN_FOLDERS = Set.of(
            "node_modules",
            "bower_components",
            "vendor",
            "vendors",
            "third_party",
            "third-party",
            "thirdparty",
            "external",
            "externals",
            "godeps",
            "dist");

    private static final Set<String> MADE_BY_TOOLS =
            Set.of(".min.js", ".min.css", ".pb.go", ".pb.cc", ".pb.h", ".designer.cs", ".g.dart");

    private final Map<String, Language> byExtension = new HashMap<>();
    private final Map<String, Language> byFileName = new HashMap<>();
    private final Map<String, Language> byName = new HashMap<>();

    Languages() {
        try (var lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(Languages.class.getResourceAsStream("/statistics/languages.tsv")),
                StandardCharsets.UTF_8))) {
            lines.lines().filter(line -> !line.startsWith("#")).forEach(this::read);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read(String line) {
        var columns = Arrays.copyOf(line.split("\t", -1), FILE_NAMES + 1);
        var language = new Language(columns[NAME], columns[COLOR]);
        byName.put(language.name().toLowerCase(Locale.ROOT), language);
        for (var extension : Objects.requireNonNullElse(columns[EXTENSIONS], "").split(" ")) {
            byExtension.put(extension, language);
        }
        for (var name : Objects.requireNonNullElse(columns[FILE_NAMES], "").split("\\|")) {
            byFileName.put(name, language);
        }
    }

    /** The language of a name, in whatever case. */
    public Optional<Language> named(String name) {
        return Optional.ofNullable(byName.get(name.toLowerCase(Locale.ROOT)));
    }

    /** The language of a file; the longest extension known decides. */
    Optional<Language> of(String path) {
        var lower = path.toLowerCase(Locale.ROOT);
        return isForeign(lower) || MADE_BY_TOOLS.stream().anyMatch(lower::endsWith) ? Optional.empty() : byName(path);
    }

    /** The language of a file by its name alone, whoever made it. */
    public Optional<Language> byName(String path) {
        var name = path.substring(path.lastIndexOf('/') + 1);
        var known = byFileName.get(name);
        var lowerName = name.toLowerCase(Locale.ROOT);
        for (var dot = lowerName.indexOf('.'); known == null && dot >= 0; dot = lowerName.indexOf('.', dot + 1)) {
            known = byExtension.get(lowerName.substring(dot));
        }
        return Optional.ofNullable(known);
    }

    private static boolean isForeign(String path) {
        var begin = 0;
        for (var end = path.indexOf('/'); end >= 0; end = path.indexOf('/', begin)) {
            if (FOREIGN_FOLDERS.contains(path.substring(begin, end))) {
                return true;
            }
            begin = end + 1;
        }
        return false;
    }
}
