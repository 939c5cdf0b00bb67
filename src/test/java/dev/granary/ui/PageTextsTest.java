package dev.granary.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every text of the page is there in both languages, and none is left over. */
class PageTextsTest {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\d)");
    /** What templates and classes ask for; a key may be put together from its beginning and a value. */
    private static final Pattern USED = Pattern.compile("\"([a-z0-9-]+\\.[a-z0-9.-]*)\"");

    private final Map<String, String> english = load("/ui/texts.properties");
    private final Map<String, String> chinese = load("/ui/texts_zh_CN.properties");

    @Test
    void bothLanguagesHaveTheSameTextsWithTheSameArguments() {
        assertThat(chinese.keySet()).isEqualTo(english.keySet());
        assertThat(english)
                .allSatisfy((key, text) -> assertThat(placeholders(chinese.getOrDefault(key, "")))
                        .as(key)
                        .isEqualTo(placeholders(text)));
    }

    @Test
    void noTextIsLeftOver() throws IOException {
        var used = new TreeSet<String>();
        for (var folder : Set.of("src/main/jte", "src/main/java/dev/granary/ui")) {
            try (var files = Files.walk(Path.of(folder))) {
                for (var file : files.filter(Files::isRegularFile).toList()) {
                    USED.matcher(Files.readString(file)).results().forEach(match -> used.add(match.group(1)));
                }
            }
        }
        var unused = english.keySet().stream()
                .filter(key -> used.stream()
                        .noneMatch(name -> name.endsWith(".") || key.endsWith(".one") || key.endsWith(".other")
                                ? key.startsWith(name)
                                : key.equals(name)))
                .toList();
        assertThat(unused).isEmpty();
    }

    private static Set<String> placeholders(String text) {
        return PLACEHOLDER.matcher(text).results().map(match -> match.group(1)).collect(Collectors.toSet());
    }

    private static Map<String, String> load(String resource) {
        var properties = new Properties();
        try (var in = PageTextsTest.class.getResourceAsStream(resource)) {
            properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Stream.of(properties)
                .flatMap(all -> all.entrySet().stream())
                .collect(Collectors.toMap(
                        entry -> (String) entry.getKey(),
                        entry -> (String) entry.getValue(),
                        (first, _) -> first,
                        TreeMap::new));
    }
}
