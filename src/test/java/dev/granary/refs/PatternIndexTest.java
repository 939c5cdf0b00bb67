package dev.granary.refs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatternIndexTest {
    @ParameterizedTest
    @CsvSource({
        "main,main,true",
        "main,mains,false",
        "*,anything/at/all,true",
        "release/*,release/1/2,true",
        "release/*,release,false",
        "*-stable,a-stable,true",
        "*-stable,a-stables,false",
        "a*b*c,abc,true",
        "a*b*c,axxbyyc,true",
        "a*b*c,ac,false",
        "a*ba*a,aba,false",
        "a*a,a,false",
        "**,x,true",
        "*a*,bab,true"
    })
    void wildcardsStandForAnyCharacters(String pattern, String name, boolean matches) {
        assertThat(new Glob(pattern).matches(name)).isEqualTo(matches);
    }

    @Test
    void hostileWildcardsTakeNoLongerThanOthers() {
        var rules = new ArrayList<AccessRule>();
        for (var index = 0; index < 1000; index++) {
            rules.add(new AccessRule(index, "*a".repeat(200) + index, 0, List.of()));
        }
        var index = new PatternIndex(rules);
        Assertions.assertTimeout(Duration.ofSeconds(5), () -> {
            for (var time = 0; time < 20; time++) {
                assertThat(index.find("a".repeat(200))).isNull();
            }
        });
    }
}
