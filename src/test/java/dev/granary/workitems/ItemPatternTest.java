package dev.granary.workitems;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which work items messages name. */
class ItemPatternTest {
    private final ItemPattern usual = ItemPattern.of(E2eSetting.NONE.e2ePolicies());

    private static ItemPattern of(String prefixes, String separator, String suffix) {
        return ItemPattern.of(new E2eSetting.Policies(true, prefixes, separator, suffix));
    }

    @Test
    void findsNumbersAndKeysBehindTheSign() {
        assertThat(usual.find("Fix #12, #13,14 and (#15)\n\nSee #ABC-7, #US20240101."))
                .containsExactly("12", "13", "14", "15", "ABC-7", "US20240101");
        assertThat(usual.find("#1 #2 #1")).containsExactly("1", "2");
        assertThat(usual.find("one line\n#3 another")).containsExactly("3");
    }

    @Test
    void leavesWhatOnlyLooksSo() {
        assertThat(usual.find("page.html#1 other/repository#2 &#39; ##4 #fff000 #12ab #include C# 5a"))
                .isEmpty();
        assertThat(usual.find("nothing")).isEmpty();
    }

    @Test
    void keepsToTheSetting() {
        assertThat(of("fix,closes ", "", "").find("Fix 12, 13. CLOSES ABC-1; prefix 4"))
                .containsExactly("12", "ABC-1");
        assertThat(of("[", ";", "]").find("[12; 13;[14] [15 16]")).containsExactly("12", "13", "14");
        assertThat(of("a.b", "", "").find("a.b1 axb2")).containsExactly("1");
    }

    @Test
    void isBounded() {
        var many = IntStream.range(0, 100).mapToObj(i -> "#" + i).collect(Collectors.joining(" "));
        assertThat(usual.find(many)).hasSize(ItemPattern.MOST);
        assertThat(usual.find("x".repeat(ItemPattern.LONGEST_MESSAGE) + " #1")).isEmpty();
        assertThat(usual.find("#".repeat(9_999) + "1")).isEmpty();
    }
}
