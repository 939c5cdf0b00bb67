package dev.granary.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;

/** What a file certainly holds if anything in it matches: folded texts, in some combination. */
sealed interface Need {
    /** Nothing that could be looked for. */
    Need NOTHING = new Nothing();

    /** No more sequences are looked for than this: each makes it a little more certain, and costs. */
    int MOST_TRIGRAMS = 400;

    int MOST_TRIGRAMS_OF_PIECE = 48;

    /** See {@link #NOTHING}. */
    record Nothing() implements Need {}

    /** A text; folded, and at least three characters long. */
    record Piece(String text) implements Need {}

    /** All of several. */
    record All(List<Need> needs) implements Need {}

    /** Any of several. */
    record Any(List<Need> needs) implements Need {}

    /** One of some folded texts. */
    static Need oneOf(List<String> texts) {
        if (texts.stream().anyMatch(text -> text.codePointCount(0, text.length()) < 3)) {
            return NOTHING;
        }
        return any(texts.stream().<Need>map(Piece::new).toList());
    }

    static Need any(List<Need> needs) {
        var different = needs.stream().distinct().toList();
        if (different.contains(NOTHING)) {
            return NOTHING;
        }
        return different.size() == 1 ? different.getFirst() : new Any(different);
    }

    static Need all(List<Need> needs) {
        var real =
                needs.stream().filter(need -> !need.equals(NOTHING)).distinct().toList();
        return real.isEmpty() ? NOTHING : real.size() == 1 ? real.getFirst() : new All(real);
    }

    /** The longest text that every line has that matches. */
    default Optional<String> certain() {
        return switch (this) {
            case Nothing _, Any _ -> Optional.empty();
            case Piece(var text) -> Optional.of(text);
            case All(var needs) ->
                needs.stream().flatMap(need -> need.certain().stream()).max(Comparator.comparingInt(String::length));
        };
    }

    /** How it is looked for in a field of trigrams. */
    default Query query(String field) {
        return query(field, new int[] {MOST_TRIGRAMS});
    }

    private Query query(String field, int[] left) {
        return switch (this) {
            case Nothing _ -> new MatchAllDocsQuery();
            case Piece(var text) -> trigrams(field, text, left);
            case All(var needs) -> {
                var query = new BooleanQuery.Builder();
                needs.forEach(need -> query.add(need.query(field, left), Occur.FILTER));
                yield query.build();
            }
            case Any(var needs) -> {
                var query = new BooleanQuery.Builder();
                for (var need : needs) {
                    if (left[0] <= 0) {
                        yield new MatchAllDocsQuery();
                    }
                    query.add(need.query(field, left), Occur.SHOULD);
                }
                yield query.build();
            }
        };
    }

    private static Query trigrams(String field, String text, int[] left) {
        var keys = new ArrayList<Long>();
        Trigrams.of(text).forEach(keys::add);
        if (keys.isEmpty() || left[0] <= 0) {
            return new MatchAllDocsQuery();
        }
        var step = (keys.size() - 1) / MOST_TRIGRAMS_OF_PIECE + 1;
        var query = new BooleanQuery.Builder();
        for (var at = 0; at < keys.size(); at += step) {
            query.add(new TermQuery(new Term(field, Trigrams.term(keys.get(at)))), Occur.FILTER);
            left[0]--;
        }
        return query.build();
    }
}
