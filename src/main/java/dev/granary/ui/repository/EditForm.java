package dev.granary.ui.repository;

import dev.granary.content.PageEditService.Target;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What somebody typed to change a file; what is missing is empty.
 *
 * @param path of the file, from the root
 * @param text its content, with the line ends of a form
 * @param windows {@code true} where lines are to end as on Windows
 * @param message of the commit
 * @param to {@code direct}, or {@code new} for a new branch
 * @param branch the name of that
 * @param known the commit that has the file as it was when the form was made
 */
public record EditForm(
        String path, String text, String windows, String message, String to, String branch, String known) {
    /** Spring leaves out what the form does not have. */
    public EditForm {
        path = text(path).strip();
        text = text(text);
        windows = text(windows);
        message = text(message);
        to = text(to).equals("new") ? "new" : "direct";
        branch = text(branch).strip();
        known = text(known);
    }

    private static String text(@Nullable String text) {
        return Objects.requireNonNullElse(text, "");
    }

    /** A form that nobody has touched. */
    static EditForm fresh(String path, String text, String branch, String known) {
        return new EditForm(path, text, text.contains("\r\n") ? "true" : "", "", "direct", branch, known);
    }

    /** Whether the change begins a branch of its own. */
    public boolean toNewBranch() {
        return to.equals("new");
    }

    /** The text as it is to be kept: browsers end every line of a form as Windows does. */
    String content() {
        var lines = text.replace("\r\n", "\n");
        return windows.equals("true") ? lines.replace("\n", "\r\n") : lines;
    }

    /**
     * Where the change goes.
     *
     * @param current the branch that the form belongs to
     * @param otherwise the message where none was typed
     */
    Target target(String current, String otherwise) {
        var said = message.isBlank() ? otherwise : message.replace("\r\n", "\n").strip();
        return toNewBranch() ? new Target(branch, current, said, known) : new Target(current, "", said, known);
    }
}
