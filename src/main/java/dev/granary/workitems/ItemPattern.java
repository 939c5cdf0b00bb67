package dev.granary.workitems;

import com.google.re2j.Pattern;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds work items in commit messages. An id is a number, or one behind a few capital letters such as {@code ABC-12} or
 * {@code US20240101}; it stands behind one of the prefixes, whose case does not matter. Time is linear in the message.
 */
final class ItemPattern {
    /** What a message may have at the most; what is behind is not looked at. */
    static final int LONGEST_MESSAGE = 10_000;

    /** The most work items that one message names. */
    static final int MOST = 20;

    private static final String ITEM = "(?:[A-Z][A-Z0-9_]{0,31}-)?[A-Z]{0,10}[0-9]{1,19}";

    private final List<String> prefixes;
    private final String separator;
    private final Pattern pattern;

    private ItemPattern(List<String> prefixes, String separator, Pattern pattern) {
        this.prefixes = prefixes;
        this.separator = separator;
        this.pattern = pattern;
    }

    static ItemPattern of(E2eSetting.Policies policies) {
        var prefixes = E2eSetting.entries(policies.prefixSymbol());
        var prefix = prefixes.stream().map(Pattern::quote).collect(Collectors.joining("|", "(?i:", ")"));
        var separator = policies.separator();
        var more = separator.isEmpty()
                ? ""
                : "(?:[ \\t]*" + Pattern.quote(separator) + "[ \\t]*(?:" + prefix + "[ \\t]*)?" + ITEM + "\\b)*";
        var suffix = policies.suffixSymbol().isEmpty() ? "" : "[ \\t]*" + Pattern.quote(policies.suffixSymbol());
        // Nothing of a word or an address before the prefix: in "x#1" and "page.html#1" it means something else.
        var all = "(?:^|[^0-9A-Za-z_&/#])" + prefix + "[ \\t]*(" + ITEM + "\\b" + more + ")" + suffix;
        return new ItemPattern(prefixes, separator, Pattern.compile(all, Pattern.MULTILINE));
    }

    /** The ids of the work items that a message names, the first first. */
    Set<String> find(String message) {
        var text = message.length() > LONGEST_MESSAGE ? message.substring(0, LONGEST_MESSAGE) : message;
        var found = new LinkedHashSet<String>();
        var matcher = pattern.matcher(text);
        while (found.size() < MOST && matcher.find()) {
            for (var item : split(matcher.group(1))) {
                if (found.size() < MOST) {
                    found.add(bare(item.strip()));
                }
            }
        }
        return found;
    }

    private List<String> split(String items) {
        return separator.isEmpty()
                ? List.of(items)
                : List.of(items.split(java.util.regex.Pattern.quote(separator), -1));
    }

    /** Without the prefix, which ids behind a separator may have. */
    private String bare(String item) {
        return prefixes.stream()
                .filter(prefix -> item.toLowerCase(Locale.ROOT).startsWith(prefix.toLowerCase(Locale.ROOT)))
                .findFirst()
                .map(prefix -> item.substring(prefix.length()).strip())
                .orElse(item);
    }
}
