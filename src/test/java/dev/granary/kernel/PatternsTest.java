package dev.granary.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PatternsTest {
    @Test
    void takesRegularExpressionsOfLinearTime() {
        assertThat(Patterns.checked("f", " ^(feature|fix)/[a-z]+$ ")).isEqualTo("^(feature|fix)/[a-z]+$");
        assertThat(Patterns.checked("f", null)).isEmpty();
        assertThat(Patterns.compile("^功能-\\d+$").matcher("功能-12").find()).isTrue();
    }

    @Test
    void refusesWhatIsNoneOrTooLarge() {
        for (var bad : List.of("(", "a**", "[z-a]", "(a)\\1", "(?=a)", "a{1001}", "a\nb")) {
            refused(bad);
        }
        assertThat(Patterns.checked("f", "x".repeat(500))).hasSize(500);
        refused("x".repeat(501));
    }

    @Test
    void refusesShortPatternsThatBecomeLarge() {
        for (var large : List.of(
                "((a{100}){100}){100}",
                "(((a{1,1000}){2,1000}){0,1000}){1,}",
                "([](]a{1000}){1000}",
                "([^]]b{1000}){1000}",
                "(a[[:alpha:])]b{1000}){1000}",
                "(\\Q(\\Ea{1000}){1000}",
                "((?i:a\\{b{1000})){1000}",
                "(?P<n>\\x{41}{999}\\p{Greek}){1000}")) {
            assertThat(PatternSize.of(large)).as(large).isGreaterThan(10_000);
            refused(large);
        }
        assertThat(PatternSize.of("^[0-9]{4}-[0-9]{2}(-[a-z.]{1,50}){0,5}$")).isBetween(250L, 300L);
        assertThat(PatternSize.of("\\{a{x}[{9}]{3}")).isLessThan(20);
    }

    @Test
    void doesNotBlowUpOnEvilPatterns() {
        var pattern = Patterns.compile(Patterns.checked("f", "^(a|aa)+$"));
        var name = "a".repeat(5000) + "b";
        var began = System.nanoTime();
        assertThat(pattern.matcher(name).find()).isFalse();
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
    }

    private static void refused(String pattern) {
        assertThatThrownBy(() -> Patterns.checked("f", pattern))
                .as(pattern)
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo(ErrorCode.INVALID_PARAMETER));
    }
}
