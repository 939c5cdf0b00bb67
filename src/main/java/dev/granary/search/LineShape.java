package dev.granary.search;

import java.util.List;
import java.util.Optional;
import org.apache.lucene.util.automaton.Automata;
import org.apache.lucene.util.automaton.Automaton;
import org.apache.lucene.util.automaton.CharacterRunAutomaton;
import org.apache.lucene.util.automaton.Operations;
import org.apache.lucene.util.automaton.TooComplexToDeterminizeException;

/**
 * Tells quickly of most lines in which a pattern does not match that it does not: RE2/J takes twenty times as long, for it
 * has no deterministic automaton.
 */
final class LineShape {
    /** What would be larger than this is not made. */
    private static final int MOST_WORK = 20_000;

    private final CharacterRunAutomaton automaton;

    private LineShape(CharacterRunAutomaton automaton) {
        this.automaton = automaton;
    }

    /** Looks for any of some texts; empty where that says nothing, or would take too much memory. */
    static Optional<LineShape> of(Automaton texts) {
        try {
            var line =
                    Operations.determinize(Operations.concatenate(List.of(Automata.makeAnyString(), texts)), MOST_WORK);
            return line.isAccept(0) ? Optional.empty() : Optional.of(new LineShape(new CharacterRunAutomaton(line)));
        } catch (TooComplexToDeterminizeException e) {
            return Optional.empty();
        }
    }

    /** Whether one of the texts is in a part of another text, which is folded as they are. */
    boolean isIn(String folded, int begin, int end) {
        var state = 0;
        for (var at = begin; at < end; ) {
            int point = folded.charAt(at);
            if (Character.isSurrogate((char) point)) {
                point = folded.codePointAt(at);
            }
            state = automaton.step(state, point);
            if (state < 0) {
                return false;
            }
            if (automaton.isAccept(state)) {
                return true;
            }
            at += Character.charCount(point);
        }
        return false;
    }
}
