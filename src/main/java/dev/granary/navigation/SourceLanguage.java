package dev.granary.navigation;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** A programming language whose names can be found. */
enum SourceLanguage {
    C("C", ".c", ".h"),
    CPP("C++", ".cc", ".cpp", ".cxx", ".c++", ".h", ".hh", ".hpp", ".hxx", ".ipp", ".inl"),
    GO("Go", ".go"),
    JAVA("Java", ".java"),
    JAVASCRIPT("JavaScript", ".js", ".cjs", ".mjs", ".jsx"),
    PHP("PHP", ".php", ".phtml"),
    PYTHON("Python", ".py", ".pyi"),
    RUBY("Ruby", ".rb", ".rake", ".gemspec"),
    RUST("Rust", ".rs"),
    TYPESCRIPT("TypeScript", ".ts", ".cts", ".mts");

    private final String shownName;

    @SuppressWarnings("ImmutableEnumChecker") // List.of is.
    private final List<String> extensions;

    SourceLanguage(String shownName, String... extensions) {
        this.shownName = shownName;
        this.extensions = List.of(extensions);
    }

    /** The language of a name such as {@code C++}, however it is capitalised. */
    static Optional<SourceLanguage> named(String name) {
        return Arrays.stream(values())
                .filter(language -> language.shownName.equalsIgnoreCase(name))
                .findFirst();
    }

    /** The language of a file by its name; what C and C++ both have is read as C++, which C nearly is. */
    static Optional<SourceLanguage> ofFile(String path) {
        return Arrays.stream(values()).filter(language -> language.covers(path)).reduce((_, last) -> last);
    }

    /** The names of all, for people. */
    static String names() {
        return Arrays.stream(values()).map(SourceLanguage::shownName).collect(Collectors.joining(", "));
    }

    /** Whether files of this name are in any of the languages. */
    static boolean coversAny(String path) {
        return Arrays.stream(values()).anyMatch(language -> language.covers(path));
    }

    /** Whether a file of this name is in the language. */
    boolean covers(String path) {
        var lower = path.toLowerCase(Locale.ROOT);
        return extensions.stream().anyMatch(lower::endsWith);
    }

    String shownName() {
        return shownName;
    }

    /** How its files' names end, for example {@code .java}. */
    List<String> extensions() {
        return extensions;
    }

    /** What its grammar and its list of definitions are called, for example {@code java}. */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
