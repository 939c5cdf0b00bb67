package dev.granary.ui.review;

import dev.granary.reviews.ConflictResolution;
import dev.granary.reviews.ConflictResolution.FileChoice;
import dev.granary.reviews.OpenConflict;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.util.MultiValueMap;

/**
 * How somebody decides conflicts, as the form sends it. Every file is named by the id that it had when it was shown, and
 * its fields by a word and that id.
 */
public final class ConflictForm {
    /** Each conflict of a file by itself. */
    static final String SECTIONS = "sections";

    private static final String TEXT = "text";

    private final MultiValueMap<String, String> fields;

    ConflictForm(MultiValueMap<String, String> fields) {
        this.fields = fields;
    }

    /** The message of the commit; empty where none was typed. */
    public String message() {
        return field("message");
    }

    private String field(String name) {
        return Objects.requireNonNullElse(fields.getFirst(name), "");
    }

    private List<String> files() {
        return fields.getOrDefault("file", List.of());
    }

    /** What was decided, for the service. */
    ConflictResolution resolution(String otherwise) {
        var message = message().isBlank()
                ? otherwise
                : message().replace("\r\n", "\n").strip();
        return new ConflictResolution(
                message, files().stream().map(this::choice).toList());
    }

    private FileChoice choice(String id) {
        var way = field("way-" + id);
        return new FileChoice(
                field("old-" + id),
                field("new-" + id),
                switch (way) {
                    case TEXT -> null;
                    case SECTIONS -> sections(id);
                    default -> way.isEmpty() ? Map.of() : Map.of(id, way);
                },
                way.equals(TEXT) ? content(id) : null,
                id);
    }

    private Map<String, String> sections(String id) {
        var begin = "take-" + id + "-";
        var sections = new HashMap<String, String>();
        fields.toSingleValueMap().forEach((name, side) -> {
            if (name.startsWith(begin)) {
                sections.put(name.substring(begin.length()), side);
            }
        });
        return sections;
    }

    /** The text as it is to be kept: browsers end every line of a form as Windows does. */
    private String content(String id) {
        var text = field("text-" + id);
        return field("windows-" + id).equals("true") ? text : text.replace("\r\n", "\n");
    }

    /** The id that a file had in the form: another one than now, if a branch has moved since. */
    private Optional<String> before(OpenConflict conflict) {
        return files().stream()
                .filter(id -> id.equals(conflict.id())
                        || field("new-" + id).equals(conflict.file().newPath()))
                .findFirst();
    }

    /** How a file is decided: a side, each conflict by itself, or as a text. */
    Optional<String> way(OpenConflict conflict) {
        return before(conflict).map(id -> field("way-" + id));
    }

    /** Whether a file was another one when it was decided. */
    public boolean stale(OpenConflict conflict) {
        return before(conflict).filter(id -> !id.equals(conflict.id())).isPresent();
    }

    /** The text of a file as it was typed, or as it is with its conflicts. */
    public String text(OpenConflict conflict) {
        return before(conflict)
                .filter(id -> fields.containsKey("text-" + id))
                .map(id -> field("text-" + id))
                .orElseGet(() -> Objects.requireNonNullElse(conflict.text(), ""));
    }

    /** The side that was chosen for a section. */
    public String side(OpenConflict conflict, String section) {
        return before(conflict).map(id -> field("take-" + id + "-" + section)).orElse("");
    }
}
