package dev.granary.ui;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What came with a form that was not taken, so that the form is shown again as it was. */
public final class Typed {
    /** That of a form that was not sent. */
    static final Typed NOTHING = new Typed(null);

    private final @Nullable Supplier<Map<String, String[]>> fields;

    Typed(@Nullable Supplier<Map<String, String[]>> fields) {
        this.fields = fields;
    }

    /** Whether the form was sent. */
    public boolean sent() {
        return fields != null;
    }

    /** What stood in a field, or what the form begins with; empty for neither. */
    public String text(String field, @Nullable Object otherwise) {
        if (fields == null) {
            return otherwise == null ? "" : otherwise.toString();
        }
        var values = fields.get().get(field);
        return values == null || values.length == 0 ? "" : values[0];
    }

    /** Whether one of the values of a field was chosen, or is when the form begins. */
    public boolean chosen(String field, Object value, boolean otherwise) {
        return fields == null
                ? otherwise
                : Arrays.asList(fields.get().getOrDefault(field, new String[0])).contains(value.toString());
    }

    /** The same of a switch, whose value is {@code true}. */
    public boolean on(String field, boolean otherwise) {
        return chosen(field, true, otherwise);
    }
}
