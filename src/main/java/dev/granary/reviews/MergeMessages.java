package dev.granary.reviews;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the commits say that merges make. Templates have places: {@code %{title}}, {@code %{description}}, {@code
 * %{source_branch}}, {@code %{target_branch}}, {@code %{reference}} (the repository and the request's number), {@code
 * %{author}} (who made the request) and {@code %{merged_by}}. Anything else stays as it is.
 */
final class MergeMessages {
    /** Of merge commits where no template is set. */
    static final String MERGE = """
        Merge branch '%{source_branch}' into '%{target_branch}'

        %{title}

        See merge request %{reference}
        """;

    /** Of squashed commits where neither a message nor a template is set. */
    static final String SQUASH = "%{title}\n";

    private static final Pattern PLACE = Pattern.compile("%\\{([a-z_]{1,20})}");

    private MergeMessages() {}

    /** A template, or the usual one, with its places filled. */
    static String fill(@Nullable String template, String usual, Map<String, String> values) {
        var text = template == null || template.isBlank() ? usual : template;
        return PLACE.matcher(text)
                .replaceAll(place -> Matcher.quoteReplacement(values.getOrDefault(place.group(1), place.group())));
    }
}
