package dev.granary.ui.settings;

import java.util.List;

/** Names that a field offers. */
public record Candidates(List<String> names) {
    public Candidates {
        names = List.copyOf(names);
    }
}
