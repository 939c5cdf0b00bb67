package dev.granary.ui.repository;

import dev.granary.navigation.Outline;
import dev.granary.navigation.Symbol;
import dev.granary.navigation.SymbolNode;
import dev.granary.ui.Viewer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a file defines, a line for each, in the order of the file.
 *
 * @param complete whether these are all
 * @param failure why there are none, as a text; null when the file could be read
 */
public record OutlinePage(
        List<Entry> entries, boolean complete, @Nullable String failure) {
    /** More would make the page slow. */
    private static final int MOST = 1_000;
    /** What is nested more deeply is shown at this depth. */
    private static final int DEEPEST = 4;

    private static final Set<String> KINDS = Set.of(
            "annotation",
            "class",
            "concept",
            "constant",
            "constructor",
            "enum",
            "field",
            "function",
            "interface",
            "macro",
            "method",
            "module",
            "namespace",
            "prototype",
            "record",
            "struct",
            "trait",
            "type",
            "union",
            "variable");

    public OutlinePage {
        entries = List.copyOf(entries);
    }

    /**
     * A definition.
     *
     * @param depth how many others it is within, as far as that is shown
     */
    public record Entry(Symbol symbol, int depth) {}

    static OutlinePage of(Outline outline) {
        var entries = new ArrayList<Entry>();
        collect(outline.symbols(), 0, entries);
        return new OutlinePage(entries, outline.complete() && entries.size() < MOST, null);
    }

    private static void collect(List<SymbolNode> nodes, int depth, List<Entry> entries) {
        for (var node : nodes) {
            if (entries.size() == MOST) {
                return;
            }
            entries.add(new Entry(node.symbol(), Math.min(depth, DEEPEST)));
            collect(node.children(), depth + 1, entries);
        }
    }

    /** What a definition is, in the reader's language. */
    public static String kind(Viewer viewer, String kind) {
        return KINDS.contains(kind) ? viewer.text("outline.kind." + kind) : kind;
    }
}
