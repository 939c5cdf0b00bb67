package dev.granary.ui.settings;

import dev.granary.kernel.Problem;
import dev.granary.refs.CommitRuleBody;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What commits must be like, as the form has it; what is absent was not sent. Patterns are regular expressions.
 *
 * @param branch a name or a wildcard
 * @param size of the largest file in megabytes
 * @param binaries {@code true} where binary files are refused
 */
public record CommitRuleForm(
        @Nullable String name,
        @Nullable String branch,
        @Nullable String message,
        @Nullable String notMessage,
        @Nullable String author,
        @Nullable String email,
        @Nullable String files,
        @Nullable String size,
        @Nullable String binaries) {
    CommitRuleBody body() {
        return new CommitRuleBody(
                name,
                branch,
                given(message),
                given(notMessage),
                given(author),
                given(email),
                given(files),
                megabytes(),
                "true".equals(binaries),
                null,
                null,
                null,
                null,
                null,
                null);
    }

    private static String given(@Nullable String text) {
        return Objects.requireNonNullElse(text, "");
    }

    private @Nullable Integer megabytes() {
        var text = given(size).strip();
        if (text.isEmpty()) {
            return null;
        }
        if (!text.matches("[0-9]{1,9}")) {
            throw Problem.invalid("max_file_size", "number");
        }
        return Integer.valueOf(text);
    }
}
