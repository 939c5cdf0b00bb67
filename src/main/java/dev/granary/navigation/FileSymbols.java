package dev.granary.navigation;

import dev.granary.navigation.Findings.Definition;
import java.util.ArrayList;
import java.util.List;

/** Makes symbols, one within the other, of what a parser found in a text. */
final class FileSymbols {
    /** What is nested more deeply stands beside what is around it. */
    private static final int MOST_DEPTH = 32;
    /** So many characters of what is around something are told. */
    private static final int MOST_SCOPE = 500;

    private final SourceText text;
    private final List<Definition> definitions;

    FileSymbols(SourceText text, Findings findings) {
        this.text = text;
        this.definitions = findings.definitions();
    }

    private record Open(Definition definition, Symbol symbol, List<SymbolNode> children) {
        SymbolNode node() {
            return new SymbolNode(symbol, children);
        }

        boolean encloses(Definition next) {
            var same = next.start() == definition.start() && next.end() == definition.end();
            return !same && next.start() < definition.end() && next.end() <= definition.end();
        }

        String scope() {
            var whole = symbol.scope().isEmpty() ? symbol.name() : symbol.scope() + "." + symbol.name();
            return whole.length() <= MOST_SCOPE ? whole : symbol.scope();
        }
    }

    /** All definitions. */
    List<SymbolNode> nodes() {
        var roots = new ArrayList<SymbolNode>();
        var around = new ArrayList<Open>();
        for (var definition : definitions) {
            closeUntil(definition, around, roots);
            var scope = around.isEmpty() ? "" : around.getLast().scope();
            around.add(new Open(definition, symbol(definition, scope), new ArrayList<>()));
        }
        while (!around.isEmpty()) {
            close(around, roots);
        }
        return roots;
    }

    /** Ends what the next definition is not within; what has the same place is beside it. */
    private void closeUntil(Definition next, List<Open> around, List<SymbolNode> roots) {
        while (!around.isEmpty() && (!around.getLast().encloses(next) || around.size() >= MOST_DEPTH)) {
            close(around, roots);
        }
    }

    private static void close(List<Open> around, List<SymbolNode> roots) {
        var ended = around.removeLast();
        (around.isEmpty() ? roots : around.getLast().children()).add(ended.node());
    }

    private Symbol symbol(Definition definition, String scope) {
        var line = text.line(definition.nameStart());
        return new Symbol(
                text.text(definition.nameStart(), definition.nameEnd()),
                definition.kind(),
                line,
                text.image(line),
                text.range(definition.start(), definition.end()),
                scope);
    }

    /** The definitions of a name. */
    List<Symbol> named(String name) {
        var found = new ArrayList<Symbol>();
        collect(nodes(), name, found);
        return found;
    }

    private static void collect(List<SymbolNode> nodes, String name, List<Symbol> found) {
        for (var node : nodes) {
            if (node.symbol().name().equals(name)) {
                found.add(node.symbol());
            }
            collect(node.children(), name, found);
        }
    }

    /** A use of a name. */
    Symbol use(String name, int bytes, Findings.Use use) {
        var line = text.line(use.start());
        return new Symbol(
                name,
                use.kind(),
                line,
                text.image(line),
                text.range(use.start(), use.start() + bytes),
                scope(use.start()));
    }

    private String scope(int offset) {
        var names = definitions.stream()
                .filter(definition -> definition.start() <= offset && offset < definition.end())
                .limit(MOST_DEPTH)
                .map(definition -> text.text(definition.nameStart(), definition.nameEnd()))
                .toList();
        var scope = String.join(".", names);
        return scope.length() <= MOST_SCOPE ? scope : scope.substring(0, MOST_SCOPE);
    }
}
