package dev.granary.search;

import com.google.re2j.Pattern;
import java.util.List;
import java.util.function.Predicate;

/**
 * Which files are meant by a path. Without {@code *} and {@code ?} it is a folder or a file. With them it is compared with
 * the whole path, or with the file's name where it has no slash: {@code **} stands for any characters, {@code *} for any
 * but slashes, and {@code ?} for one that is no slash.
 */
final class PathPattern implements Predicate<String> {
    private final Predicate<String> matches;
    private final List<String> pieces;

    PathPattern(String path) {
        var text = path.startsWith("/") ? path.substring(1) : path;
        if (text.indexOf('*') < 0 && text.indexOf('?') < 0) {
            var place = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
            var folder = place + "/";
            var file = text.equals(place);
            matches = place.isEmpty() ? _ -> true : name -> name.startsWith(folder) || (file && name.equals(place));
            pieces = List.of(place);
        } else {
            var pattern = Pattern.compile((text.indexOf('/') < 0 ? "(?:.*/)?" : "") + translate(text), Pattern.DOTALL);
            matches = pattern::matches;
            pieces = List.of(text.replace("**/", "*").split("[*?]+"));
        }
    }

    private static String translate(String glob) {
        var pattern = new StringBuilder();
        for (var at = 0; at < glob.length(); at++) {
            var unit = glob.charAt(at);
            if (glob.startsWith("**/", at)) {
                pattern.append("(?:.*/)?");
                at += 2;
            } else if (glob.startsWith("**", at)) {
                pattern.append(".*");
                at++;
            } else if (unit == '*') {
                pattern.append("[^/]*");
            } else if (unit == '?') {
                pattern.append("[^/]");
            } else {
                pattern.append(Pattern.quote(Character.toString(unit)));
            }
        }
        return pattern.toString();
    }

    @Override
    public boolean test(String path) {
        return matches.test(path);
    }

    /** Texts that every path has that is meant, as far as they are long enough to look for. */
    List<String> pieces() {
        return pieces;
    }
}
