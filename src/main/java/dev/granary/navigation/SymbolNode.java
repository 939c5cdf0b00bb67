package dev.granary.navigation;

import java.util.List;

/** A definition and those within it, in the order of the file. */
public record SymbolNode(Symbol symbol, List<SymbolNode> children) {
    public SymbolNode {
        children = List.copyOf(children);
    }
}
