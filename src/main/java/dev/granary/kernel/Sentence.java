package dev.granary.kernel;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.springframework.context.MessageSourceResolvable;

/**
 * A text of the message files as it is stored, to be read in the reader's language.
 *
 * @param key its key in the message files
 * @param arguments what fills its places, one a line
 */
public record Sentence(String key, String arguments) {
    /** What a failure says. */
    public static Sentence of(MessageSourceResolvable failure) {
        var codes = failure.getCodes();
        return of(codes == null ? "" : codes[0], failure.getArguments());
    }

    /** What a failure says. */
    public static Sentence of(Problem problem) {
        return of("error." + problem.code().name(), problem.arguments());
    }

    private static Sentence of(String key, Object @org.jspecify.annotations.Nullable [] arguments) {
        return new Sentence(
                key,
                arguments == null
                        ? ""
                        : Arrays.stream(arguments)
                                .map(argument -> String.valueOf(argument).replaceAll("\\p{Cntrl}", " "))
                                .collect(Collectors.joining("\n")));
    }

    /** What fills the text's places. */
    public Object[] values() {
        return arguments.split("\n", -1);
    }
}
