package dev.granary.search;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is looked for in the index before a pattern is tried: it must never rule out what the pattern matches. */
class PatternNeedsTest {
    private static final List<String> PARTS = List.of(
            "a",
            "b",
            "c",
            "A",
            "é",
            "É",
            "foo",
            "bar",
            "Foo",
            "字",
            "K",
            "ſ",
            ".",
            "*",
            "+",
            "?",
            "|",
            "(",
            ")",
            "(?:",
            "(?i)",
            "(?P<n>",
            "[ab]",
            "[^a]",
            "[a-c]",
            "[[:alpha:]]",
            "[]a]",
            "\\d",
            "\\w",
            "\\b",
            "\\.",
            "\\x41",
            "\\x{62}",
            "\\pL",
            "\\p{Lu}",
            "\\Qfoo\\E",
            "\\Q*\\E",
            "\\Q\\E",
            "{2}",
            "{0,1}",
            "{1,}",
            "{",
            "^",
            "$",
            "\\|",
            "\\t");
    private static final List<String> TEXTS =
            List.of("a", "b", "c", "A", "é", "É", "foo", "bar", "Foo", "字", "k", "s", ".", " ", "*", "{2}", "\t", "K");

    private static String some(Random random, List<String> parts, int most) {
        var text = new StringBuilder();
        for (var count = random.nextInt(most) + 1; count > 0; count--) {
            text.append(parts.get(random.nextInt(parts.size())));
        }
        return text.toString();
    }

    private static boolean has(String folded, Need need) {
        return switch (need) {
            case Need.Nothing _ -> true;
            case Need.Piece(var text) -> folded.contains(text);
            case Need.All(var needs) -> needs.stream().allMatch(each -> has(folded, each));
            case Need.Any(var needs) -> needs.stream().anyMatch(each -> has(folded, each));
        };
    }

    @Test
    void neverRulesOutALineThatMatches() {
        var random = new Random(11);
        var matches = 0;
        var ruledOut = 0;
        for (var round = 0; round < 20_000; round++) {
            var text = some(random, PARTS, 9);
            Pattern pattern;
            try {
                pattern = Pattern.compile(text, random.nextBoolean() ? Pattern.CASE_INSENSITIVE : 0);
            } catch (PatternSyntaxException e) {
                continue;
            }
            var known = PatternNeeds.of(text);
            var need = known.need();
            var shape = LineShape.of(known.shape());
            for (var line = 0; line < 3; line++) {
                var content = some(random, TEXTS, 8);
                var folded = Trigrams.fold(content);
                if (pattern.matcher(content).find()) {
                    matches += need.equals(Need.NOTHING) ? 0 : 1;
                    assertThat(has(folded, need))
                            .as("%s in %s needs %s", text, content, need)
                            .isTrue();
                    assertThat(shape.isEmpty() || shape.get().isIn(folded, 0, folded.length()))
                            .as("%s in %s", text, content)
                            .isTrue();
                } else if (shape.isPresent() && !shape.get().isIn(folded, 0, folded.length())) {
                    ruledOut++;
                }
            }
        }
        assertThat(matches).as("matches of patterns that need something").isGreaterThan(200);
        assertThat(ruledOut).as("lines that RE2/J is not asked about").isGreaterThan(2_000);
    }

    @Test
    void findsWhatPatternsNeed() {
        assertThat(PatternNeeds.of("foo[0-9]+Bar").need())
                .isEqualTo(new Need.All(List.of(new Need.Piece("foo"), new Need.Piece("bar"))));
        assertThat(PatternNeeds.of("(get|set)Name").need())
                .isEqualTo(new Need.Any(List.of(new Need.Piece("getname"), new Need.Piece("setname"))));
        assertThat(PatternNeeds.of("[Ff]ooo?").need()).isEqualTo(new Need.Piece("foo"));
        assertThat(PatternNeeds.of("foo|..").need()).isEqualTo(Need.NOTHING);
        assertThat(PatternNeeds.of("(abc){3}x").need()).isEqualTo(new Need.Piece("abc"));
    }

    @Test
    void foldsInPlace() {
        var text = "ÀÉß İı Kſ Ω 字 \uD801\uDC00 𐐨 ÿ ΣςσK";
        assertThat(Trigrams.fold(text)).hasSameSizeAs(text);
        assertThat(Trigrams.fold("KELVIN straße ΣΑΣ")).isEqualTo(Trigrams.fold("\u212Aelvin STRAẞE σας"));
    }

    @Test
    void comparesPathsAsFoldersNamesAndPatterns() {
        var matching = List.of(
                "src/main matches src/main/A.java",
                "src/main/ matches src/main/A.java",
                "/src/main/A.java matches src/main/A.java",
                "*.java matches src/main/A.java",
                "*.java matches A.java",
                "src/*/A.java matches src/main/A.java",
                "src/**/A.java matches src/A.java",
                "src/**/A.java matches src/x/y/A.java",
                "src/** matches src/x/y/A.java",
                "?.java matches b/A.java",
                "a+b(*).txt matches x/a+b(c).txt",
                "安*.md matches 安装.md");
        var different = List.of(
                "src/main matches src/mainly/A.java",
                "src/main/A.java/ matches src/main/A.java",
                "src/*/A.java matches src/x/y/A.java",
                "*.java matches A.javac",
                "main/*.java matches src/main/A.java",
                "SRC matches src/A.java");
        assertThat(matching).allMatch(PatternNeedsTest::matches);
        assertThat(different).noneMatch(PatternNeedsTest::matches);
    }

    private static boolean matches(String text) {
        var parts = text.split(" matches ");
        var pattern = new PathPattern(parts[0]);
        var matches = pattern.test(parts[1]);
        assertThat(!matches || pattern.pieces().stream().allMatch(parts[1]::contains))
                .as(text)
                .isTrue();
        return matches;
    }
}
