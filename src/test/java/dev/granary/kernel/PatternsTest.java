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
        for (var bad : List.of("(", "a**", "[z-a]", "(a)\\1", "(?=a)", "a{1001}", "((a{100}){100}){100}", "a\nb")) {
            refused(bad);
        }
        assertThat(Patterns.checked("f", "x".repeat(500))).hasSize(500);
        refused("x".repeat(501));
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
