package dev.granary.repositories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.repositories.RefChain.Step;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RefChainTest {
    private static Step move(@Nullable String before, @Nullable String after) {
        return new Step(before, after, 7L, false, 1, true);
    }

    private static List<String> told(RefChain chain) {
        return chain.steps().stream()
                .map(step -> step.before() + ">" + step.after() + (step.found() ? "?" : ""))
                .toList();
    }

    private static RefChain chain(@Nullable String from, @Nullable String now, Step... moves) {
        return RefChain.of(from, now, List.of(moves), null, _ -> false);
    }

    @Test
    void movesAreToldInTheOrderTheyWereMadeIn() {
        var chain = chain("a", "d", move("c", "d"), move("a", "b"), move("b", "c"));
        assertThat(told(chain)).containsExactly("a>b", "b>c", "c>d");
        assertThat(chain.end()).isEqualTo("d");
    }

    @Test
    void aRefThatGoesAndComesAgainIsToldSo() {
        var chain = chain("a", "b", move(null, "b"), move("a", null));
        assertThat(told(chain)).containsExactly("a>null", "null>b");
    }

    @Test
    void aMoveThatWasNotReportedIsTold() {
        var chain = chain("a", "d", move("b", "c"), move("c", "d"));
        assertThat(told(chain)).containsExactly("a>b?", "b>c", "c>d");
    }

    @Test
    void whatIsStillToBeReportedIsLeftToItsReporter() {
        var chain = chain("a", "c", move("a", "b"));
        assertThat(told(chain)).containsExactly("a>b");
        assertThat(chain.end()).isEqualTo("b");
    }

    @Test
    void aMoveThatWasFoundBeforeIsLate() {
        var move = move("a", "b");
        assertThat(chain("b", "b", move).late()).containsExactly(move);
        // Also while the ref has moved on, and that is not reported yet.
        var chain = RefChain.of("b", "c", List.of(move), null, step -> step.equals(move));
        assertThat(chain.late()).containsExactly(move);
        assertThat(chain.steps()).isEmpty();
        assertThat(chain.end()).isEqualTo("b");
    }

    @Test
    void aLookTellsTheRestOfTheWay() {
        var look = new Step(null, null, null, true, 1, true);
        var chain = RefChain.of("a", "c", List.of(move("a", "b")), look, _ -> false);
        assertThat(told(chain)).containsExactly("a>b", "b>c?");
        assertThat(chain.end()).isEqualTo("c");
        assertThat(told(RefChain.of("c", "c", List.of(), look, _ -> false))).isEmpty();
    }
}
