package dev.granary.navigation;

import java.util.List;

/**
 * Where a name is defined and used.
 *
 * @param revision the commit
 * @param complete false when there are more, or not every file could be looked at
 */
public record Occurrences(String revision, List<Location> definitions, List<Location> references, boolean complete) {
    public Occurrences {
        definitions = List.copyOf(definitions);
        references = List.copyOf(references);
    }

    /** A name in a file; {@code blob} is the id of its content. */
    public record Location(String path, String blob, Symbol symbol) {}
}
