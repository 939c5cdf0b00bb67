package dev.granary.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every text an answer may need is there in both languages, and none is left over. */
class MessagesTest {
    private static final Pattern RULE = Pattern.compile("invalid\\(\\s*[^,]+?,\\s*\"([a-z0-9-]+)\"", Pattern.DOTALL);
    private static final Pattern WORD = Pattern.compile("\\w+");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\d)");

    private final Map<String, String> english = load("/messages.properties");
    private final Map<String, String> chinese = load("/messages_zh_CN.properties");

    @Test
    void bothLanguagesHaveTheSameKeys() {
        assertThat(chinese.keySet()).isEqualTo(english.keySet());
    }

    @Test
    void everyErrorHasATextAndEveryErrorTextAnError() {
        var names = Arrays.stream(ErrorCode.values()).map(Enum::name).collect(Collectors.toCollection(TreeSet::new));
        assertThat(keys("error.")).isEqualTo(names);
    }

    @Test
    void everyRuleInTheCodeHasAText() throws IOException {
        var used = new TreeSet<String>();
        for (var source : sources()) {
            var matcher = RULE.matcher(source);
            while (matcher.find()) {
                used.add(matcher.group(1));
            }
        }
        assertThat(keys("rule.")).containsAll(used);
    }

    @Test
    void everyErrorAndEveryTextIsUsed() throws IOException {
        var code = sources().stream()
                .filter(source -> !source.contains("enum ErrorCode"))
                .collect(Collectors.joining("\n"));
        var words = WORD.matcher(code).results().map(MatchResult::group).collect(Collectors.toSet());
        var errors = Arrays.stream(ErrorCode.values()).map(Enum::name).filter(name -> !words.contains(name));
        assertThat(errors).as("errors that nothing throws").isEmpty();
        var texts = english.keySet().stream()
                .filter(key -> !key.startsWith("error."))
                .filter(key -> !code.contains('"' + key.replaceFirst("^rule\\.", "") + '"'));
        assertThat(texts).as("texts that nothing says").isEmpty();
    }

    @Test
    void textsTakeTheSameArgumentsInBothLanguages() {
        assertThat(english)
                .allSatisfy((key, text) -> assertThat(placeholders(chinese.getOrDefault(key, "")))
                        .as(key)
                        .isEqualTo(placeholders(text)));
    }

    @Test
    void everyTextIsAValidFormat() {
        for (var texts : List.of(english, chinese)) {
            assertThat(texts).allSatisfy((key, text) -> {
                assertThat(text).as(key).isNotBlank();
                var form = new MessageFormat(text);
                // A single apostrophe swallows what follows: texts with arguments must double theirs.
                assertThat(form.getFormatsByArgumentIndex().length)
                        .as(key)
                        .isEqualTo(placeholders(text).size());
            });
        }
    }

    @Test
    void codesThatGranaryMintedAreUnique() {
        var seen = new HashSet<String>();
        var twice = new ArrayList<ErrorCode>();
        for (var code : ErrorCode.values()) {
            if (code.code().matches("CH\\.09\\d{4}") && !seen.add(code.code())) {
                twice.add(code);
            }
        }
        assertThat(twice).isEmpty();
    }

    @Test
    void everyErrorHasAStatusOfItsKind() {
        assertThat(ErrorCode.values())
                .allSatisfy(code -> assertThat(code.status() == 200 || code.status() >= 400)
                        .as(code.name())
                        .isTrue());
    }

    private TreeSet<String> keys(String prefix) {
        return english.keySet().stream()
                .filter(key -> key.startsWith(prefix))
                .map(key -> key.substring(prefix.length()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> placeholders(String text) {
        return PLACEHOLDER
                .matcher(text)
                .results()
                .map(result -> result.group(1))
                .collect(Collectors.toSet());
    }

    static List<String> sources() throws IOException {
        var sources = new ArrayList<String>();
        try (var paths = Files.walk(Path.of("src/main/java"))) {
            for (var path :
                    (Iterable<Path>) paths.filter(file -> file.toString().endsWith(".java"))::iterator) {
                sources.add(Files.readString(path));
            }
        }
        return sources;
    }

    private static Map<String, String> load(String resource) {
        try (var stream = MessagesTest.class.getResourceAsStream(resource);
                var reader = new InputStreamReader(stream, StandardCharsets.UTF_8)) {
            var properties = new Properties();
            properties.load(reader);
            var texts = new HashMap<String, String>();
            properties.stringPropertyNames().forEach(name -> texts.put(name, properties.getProperty(name)));
            return texts;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
