package dev.granary.navigation;

import java.util.List;

/**
 * What a file defines.
 *
 * @param revision the commit
 * @param blob the id of the file's content
 * @param complete false when there are more definitions than are shown
 */
public record Outline(String path, String revision, String blob, List<SymbolNode> symbols, boolean complete) {
    public Outline {
        symbols = List.copyOf(symbols);
    }
}
