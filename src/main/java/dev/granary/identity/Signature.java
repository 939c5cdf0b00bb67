package dev.granary.identity;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The parts of an {@code Authorization: SDK-HMAC-SHA256} header and the headers it covers.
 *
 * @param access the access key
 * @param signedHeaders the names of the headers it covers, as sent
 * @param signature the signature, in lower-case hex
 * @param date the value of {@code X-Sdk-Date}
 * @param headers the covered headers, a line each
 */
record Signature(String access, String signedHeaders, String signature, String date, String headers) {
    static final String SCHEME = "SDK-HMAC-SHA256";

    private static final Pattern FORM = Pattern.compile(
            SCHEME + " +Access=([^,\\s]{1,128}), *SignedHeaders=([^,\\s]{1,4096}), *Signature=([0-9a-fA-F]{64})");
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT);

    /** Empty when the header is malformed, or does not cover the host and the date, or covers a header not sent once. */
    static Optional<Signature> of(String authorization, HttpServletRequest request) {
        var match = FORM.matcher(authorization);
        if (!match.matches()) {
            return Optional.empty();
        }
        var names = List.of(match.group(2).toLowerCase(Locale.ROOT).split(";"));
        var date = request.getHeader("X-Sdk-Date");
        var lines = lines(names, request);
        if (date == null || lines == null || !names.contains("host") || !names.contains("x-sdk-date")) {
            return Optional.empty();
        }
        return Optional.of(
                new Signature(match.group(1), match.group(2), match.group(3).toLowerCase(Locale.ROOT), date, lines));
    }

    private static @Nullable String lines(List<String> names, HttpServletRequest request) {
        var lines = new StringBuilder();
        for (var name : names) {
            var values = Collections.list(request.getHeaders(name));
            if (values.size() != 1) {
                return null;
            }
            // The container reads headers as ISO 8859-1; clients sign what they meant in UTF-8.
            var value = new String(values.getFirst().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
            lines.append(name).append(':').append(value.strip()).append('\n');
        }
        return lines.toString();
    }

    /** Whether the date is less than that far from now, on either side. */
    boolean isWithin(Duration window, Instant now) {
        try {
            var signed = LocalDateTime.parse(date, DATE).toInstant(ZoneOffset.UTC);
            return Duration.between(signed, now).abs().compareTo(window) < 0;
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    /** What a client may have signed: the real request is one of these. */
    List<String> candidates(HttpServletRequest request, String bodyHash) {
        var candidates = new ArrayList<String>();
        for (var path : Canonical.paths(request.getRequestURI())) {
            for (var query : Canonical.queries(request.getQueryString())) {
                var canonical = String.join("\n", request.getMethod(), path, query, headers, signedHeaders, bodyHash);
                candidates.add(SCHEME + "\n" + date + "\n" + Secrets.hash(canonical));
            }
        }
        return candidates;
    }
}
