package dev.granary.content;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/**
 * Names with slashes in a request's path. Clients send {@code a/b} or {@code a%2Fb}, so such a name may take several
 * segments; it is read from the path as it was sent.
 */
final class RawPath {
    private RawPath() {}

    /** What follows a part of the path, decoded. */
    static String after(HttpServletRequest request, String marker) {
        var path = request.getRequestURI();
        return decode(path.substring(path.indexOf(marker) + marker.length()));
    }

    /** What stands between a part of the path and its end, decoded. */
    static String between(HttpServletRequest request, String marker, String end) {
        var path = request.getRequestURI();
        return decode(path.substring(path.indexOf(marker) + marker.length(), path.length() - end.length()));
    }

    private static String decode(String raw) {
        return URLDecoder.decode(raw.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
