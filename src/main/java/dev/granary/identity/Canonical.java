package dev.granary.identity;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The forms of a path and a query that clients sign. They build them from what their caller gave them, before it was
 * encoded for the wire, so the server has to try what that may have been. Octets are handled as characters 0 to 255,
 * so that no two paths fall together by a decoder's replacement character.
 */
final class Canonical {
    private static final String UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    /** What the Java client's HTTP library encodes in a path by itself; it leaves existing escapes alone. */
    private static final String ENCODED_BY_LIBRARY = " \"<>^`{}|\\";

    private Canonical() {}

    /**
     * The forms of a request's path: Java and Go sign it as given, so each segment as it arrived or, where their HTTP
     * library encoded it, decoded; Python decodes the path as a whole.
     *
     * @param raw the path as it arrived, still encoded
     */
    static Set<String> paths(String raw) {
        if (raw.equals("/")) {
            return Set.of("/");
        }
        var forms = new LinkedHashSet<String>();
        forms.add(path(raw, UnaryOperator.identity()));
        decoded(raw, false).ifPresent(_ -> {
            forms.add(path(raw, segment -> decoded(segment, false).orElseThrow()));
            forms.add(path(raw, segment -> decoded(segment, true).orElseThrow()));
        });
        decoded(raw, false).ifPresent(whole -> forms.add(path(whole, UnaryOperator.identity())));
        return forms;
    }

    private static String path(String path, UnaryOperator<String> given) {
        var form = new StringBuilder();
        for (var segment : path.split("/")) {
            form.append(encoded(given.apply(segment))).append('/');
        }
        return form.isEmpty() ? "/" : form.toString();
    }

    /**
     * The forms of a query: sorted by name, and the values of one name in the order they came (Java) or sorted (Python,
     * Go). None when it is badly encoded.
     */
    static Set<String> queries(@Nullable String raw) {
        if (raw == null || raw.isEmpty()) {
            return Set.of("");
        }
        var parameters = new ArrayList<Parameter>();
        for (var part : raw.split("&")) {
            if (part.isEmpty()) {
                continue;
            }
            var equals = part.indexOf('=');
            var name = decoded((equals < 0 ? part : part.substring(0, equals)).replace('+', ' '), false);
            var value = decoded((equals < 0 ? "" : part.substring(equals + 1)).replace('+', ' '), false);
            if (name.isEmpty() || value.isEmpty()) {
                return Set.of();
            }
            parameters.add(new Parameter(encoded(name.get()), encoded(value.get())));
        }
        var byName = Comparator.comparing(Parameter::name);
        var forms = new LinkedHashSet<String>();
        forms.add(query(parameters, byName));
        forms.add(query(parameters, byName.thenComparing(Parameter::value)));
        return forms;
    }

    private record Parameter(String name, String value) {}

    private static String query(List<Parameter> parameters, Comparator<Parameter> order) {
        return parameters.stream()
                .sorted(order)
                .map(parameter -> parameter.name() + "=" + parameter.value())
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String octets) {
        var text = new StringBuilder(octets.length());
        octets.chars().forEach(octet -> {
            if (UNRESERVED.indexOf(octet) >= 0) {
                text.append((char) octet);
            } else {
                text.append('%').append(HexFormat.of().withUpperCase().toHexDigits((byte) octet));
            }
        });
        return text.toString();
    }

    /** Empty when a percent sign is not followed by two hex digits. */
    private static Optional<String> decoded(String text, boolean onlyWhatTheLibraryEncodes) {
        var octets = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        var decoded = new StringBuilder(octets.length());
        for (var i = 0; i < octets.length(); i++) {
            var character = octets.charAt(i);
            if (character != '%') {
                decoded.append(character);
                continue;
            }
            if (i + 2 >= octets.length()
                    || !HexFormat.isHexDigit(octets.charAt(i + 1))
                    || !HexFormat.isHexDigit(octets.charAt(i + 2))) {
                return Optional.empty();
            }
            var octet = (char) HexFormat.fromHexDigits(octets, i + 1, i + 3);
            if (!onlyWhatTheLibraryEncodes || octet > '~' || ENCODED_BY_LIBRARY.indexOf(octet) >= 0) {
                decoded.append(octet);
            } else {
                decoded.append(octets, i, i + 3);
            }
            i += 2;
        }
        return Optional.of(decoded.toString());
    }
}
