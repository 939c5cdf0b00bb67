package dev.granary.ui.places;

import dev.granary.kernel.RemoteAddress;
import dev.granary.projects.Namespace;
import dev.granary.repositories.NewRepositoryBody;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The form for a new repository, as it was typed; what is missing is empty.
 *
 * @param from {@code blank}, {@code template} or {@code import}
 * @param in the path of the project or group to put it into
 * @param visibility 0, 10 or 20
 * @param members 1: the project's members are its members
 * @param readme 1: it begins with a README.md
 * @param gitignore the language whose .gitignore it begins with
 * @param licence the number of the licence it begins with
 * @param template the id of the template
 * @param url what to import
 */
public record NewRepositoryForm(
        String from,
        String in,
        String name,
        String description,
        String visibility,
        String members,
        String readme,
        String gitignore,
        String licence,
        String template,
        String url,
        String username,
        String password) {
    /** Where a new repository begins. */
    static final String BLANK = "blank";

    static final String TEMPLATE = "template";
    static final String IMPORT = "import";

    /** Spring leaves out what the form does not have. */
    public NewRepositoryForm {
        from = text(from).equals(TEMPLATE) || text(from).equals(IMPORT) ? from : BLANK;
        in = text(in);
        name = text(name);
        description = text(description);
        visibility = text(visibility);
        members = text(members);
        readme = text(readme);
        gitignore = text(gitignore);
        licence = text(licence);
        template = text(template);
        url = text(url);
        username = text(username);
        password = text(password);
    }

    /** A form that nobody has touched. */
    static NewRepositoryForm fresh(String from, String in) {
        return new NewRepositoryForm(from, in, "", "", "0", "1", "1", "", "", "", "", "", "");
    }

    private static String text(@Nullable String text) {
        return Objects.requireNonNullElse(text, "");
    }

    /** What it asks for. */
    NewRepositoryBody body(Namespace namespace) {
        var blank = from.equals(BLANK);
        return new NewRepositoryBody(
                number(members),
                name.strip(),
                namespace.project().uuid(),
                namespace.groupId(),
                from.equals(TEMPLATE) ? template : null,
                number(visibility),
                from.equals(IMPORT) ? RemoteAddress.with(url.strip(), username, password) : null,
                description.strip(),
                blank ? gitignore : null,
                blank ? number(licence) : null,
                blank ? number(readme) : null,
                null);
    }

    /** What is no number is what no field allows. */
    private static int number(String text) {
        return text.isEmpty() ? 0 : text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : -1;
    }

    @Override
    public String toString() {
        return "NewRepositoryForm[name=" + name + "]";
    }
}
