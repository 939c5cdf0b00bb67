package dev.granary.navigation;

import dev.granary.api.Failures;
import dev.granary.kernel.Times;
import dev.granary.navigation.NavigationService.Rebuilt;
import dev.granary.navigation.NavigationService.State;
import dev.granary.navigation.NavigationStore.NavigationRecord;
import dev.granary.navigation.Occurrences.Location;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Names as the answers show them. {@code result} is {@code success}, {@code partial} when there is more, or
 * {@code building}; {@code message} says why it is not {@code success}, and is empty otherwise.
 */
@Component
class NavigationAnswers {
    private static final String SUCCESS = "success";
    private static final String PARTIAL = "partial";
    /** Of the index's form, and of what is found. */
    private static final String VERSION = "1";

    private final Failures failures;

    NavigationAnswers(Failures failures) {
        this.failures = failures;
    }

    record Language(String name, List<String> extensionList) {}

    record LanguageList(String result, String message, List<Language> languageList) {}

    /**
     * A definition.
     *
     * @param tagName the name
     * @param lineImage its line
     * @param range of the whole definition, {@code 3:5-7:2} for example
     * @param syntaxType {@code class} or {@code method} for example
     * @param extend the names of what is around it
     */
    record Definition(
            String tagName,
            String filePath,
            String blob,
            String lineImage,
            int lineNumber,
            String range,
            String syntaxType,
            String revision,
            String extend) {}

    /**
     * A use of a name; the fields are those of {@link Definition}.
     *
     * @param syntaxType {@code call}, {@code type}, {@code import} or {@code reference}
     */
    record Reference(
            String tagName,
            String filePath,
            String blob,
            String lineImage,
            int lineNumber,
            String syntaxType,
            String revision,
            String extend) {}

    record Node(Definition def, List<Node> children) {}

    record ShownOutline(String result, String message, String filePath, String revision, List<Node> symbols) {}

    record References(String result, String message, List<Definition> defs, List<Reference> refs) {}

    /**
     * What came of an order.
     *
     * @param duration milliseconds
     * @param size of the index, bytes
     */
    record Built(String result, String message, String duration, long size) {}

    /**
     * Limits, and what happened.
     *
     * @param maximumFileSize bytes; larger files are not looked into
     * @param maximumLineLength lines a file may have: as many as it has bytes
     * @param maximumTruncateLine characters of a line that are shown
     */
    record Schema(
            String version,
            int maximumFileSize,
            int maximumLineLength,
            int maximumTruncateLine,
            @Nullable String createAt,
            @Nullable String updateAt,
            @Nullable String rebuildAt,
            @Nullable String lastBuildAt,
            long buildTimes,
            long queryTimes,
            long outlineTimes) {}

    record ShownSchema(String result, String message, Schema schema) {}

    LanguageList languages(List<SourceLanguage> languages) {
        return new LanguageList(
                SUCCESS,
                "",
                languages.stream()
                        .map(language -> new Language(language.shownName(), language.extensions()))
                        .toList());
    }

    ShownOutline outline(Outline outline, Locale locale) {
        return new ShownOutline(
                result(outline.complete()),
                message(outline.complete(), locale),
                outline.path(),
                outline.revision(),
                nodes(outline, outline.symbols()));
    }

    private static String result(boolean complete) {
        return complete ? SUCCESS : PARTIAL;
    }

    private String message(boolean complete, Locale locale) {
        return complete ? "" : failures.text("navigation.partial", locale);
    }

    private static List<Node> nodes(Outline outline, List<SymbolNode> nodes) {
        return nodes.stream()
                .map(node -> new Node(
                        definition(outline.revision(), new Location(outline.path(), outline.blob(), node.symbol())),
                        nodes(outline, node.children())))
                .toList();
    }

    private static Definition definition(String revision, Location location) {
        var symbol = location.symbol();
        return new Definition(
                symbol.name(),
                location.path(),
                location.blob(),
                symbol.lineText(),
                symbol.line(),
                symbol.range(),
                symbol.kind(),
                revision,
                symbol.scope());
    }

    References references(Occurrences found, Locale locale) {
        return new References(
                result(found.complete()),
                message(found.complete(), locale),
                found.definitions().stream()
                        .map(location -> definition(found.revision(), location))
                        .toList(),
                found.references().stream()
                        .map(location -> reference(found.revision(), location))
                        .toList());
    }

    private static Reference reference(String revision, Location location) {
        var symbol = location.symbol();
        return new Reference(
                symbol.name(),
                location.path(),
                location.blob(),
                symbol.lineText(),
                symbol.line(),
                symbol.kind(),
                revision,
                symbol.scope());
    }

    Built built(Rebuilt rebuilt, Locale locale) {
        return new Built(
                rebuilt.finished() ? SUCCESS : "building",
                rebuilt.finished() ? "" : failures.text("navigation.building", locale),
                Long.toString(rebuilt.took().toMillis()),
                rebuilt.bytes());
    }

    ShownSchema schema(State state) {
        return new ShownSchema(
                SUCCESS,
                "",
                new Schema(
                        VERSION,
                        SourceText.MOST_BYTES,
                        SourceText.MOST_BYTES,
                        SourceText.MOST_LINE,
                        time(state, NavigationRecord::createdAt),
                        time(state, NavigationRecord::builtAt),
                        time(state, NavigationRecord::rebuiltAt),
                        time(state, NavigationRecord::builtAt),
                        state.record().map(NavigationRecord::buildCount).orElse(0L),
                        state.queries(),
                        state.outlines()));
    }

    private static @Nullable String time(State state, Function<NavigationRecord, @Nullable Long> which) {
        return state.record().map(which).map(Times::v4).orElse(null);
    }
}
