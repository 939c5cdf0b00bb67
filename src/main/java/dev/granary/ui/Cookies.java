package dev.granary.ui;

import dev.granary.api.Languages;
import dev.granary.kernel.ServerAddress;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Component;
import org.springframework.web.util.WebUtils;

/** The page's cookies. None is readable by scripts, none is sent by other sites' forms, all are secure over TLS. */
@Component
public class Cookies {
    /** The secret of the session. */
    public static final String SESSION = "granary_session";
    /** {@code en} or {@code zh-CN}: what the reader chose over the browser's own language. */
    public static final String LANGUAGE = Languages.COOKIE;
    /** {@code light} or {@code dark}: what the reader chose over the system's own. */
    public static final String THEME = "granary_theme";
    /** The key of a text to show once, on the next page. */
    static final String NOTICE = "granary_notice";

    private static final Duration NOTICE_LIFE = Duration.ofSeconds(30);
    private static final Duration YEAR = Duration.ofDays(365);

    private final ServerAddress server;

    Cookies(ServerAddress server) {
        this.server = server;
    }

    /** The value a request brings. */
    public static Optional<String> read(HttpServletRequest request, String name) {
        return Optional.ofNullable(WebUtils.getCookie(request, name)).map(cookie -> cookie.getValue());
    }

    /** What the browser says it is; empty when it says nothing. */
    public static String agent(HttpServletRequest request) {
        return Objects.requireNonNullElse(request.getHeader("User-Agent"), "");
    }

    /** Remembers a session for as long as it may last. */
    public void setSession(HttpServletResponse response, String secret, Duration life) {
        set(response, SESSION, secret, life);
    }

    /** Remembers a choice of the reader; an empty value forgets it. */
    public void setChoice(HttpServletResponse response, String name, String value) {
        set(response, name, value, value.isEmpty() ? Duration.ZERO : YEAR);
    }

    /** Shows a text on the next page. */
    public void notice(HttpServletResponse response, String key) {
        set(response, NOTICE, key, NOTICE_LIFE);
    }

    /** Takes a cookie back. */
    public void clear(HttpServletResponse response, String name) {
        set(response, name, "", Duration.ZERO);
    }

    /** The notice that is due, which is then over. */
    Optional<String> takeNotice(HttpServletRequest request, HttpServletResponse response) {
        var notice = read(request, NOTICE)
                .filter(key -> Arrays.stream(key.split("\\.")).allMatch(Cookies::isWord));
        if (notice.isPresent()) {
            clear(response, NOTICE);
        }
        return notice;
    }

    private static boolean isWord(String part) {
        return part.matches("[a-zA-Z0-9-]{1,40}");
    }

    private void set(HttpServletResponse response, String name, String value, Duration life) {
        var base = URI.create(server.base());
        var path = Objects.requireNonNullElse(base.getRawPath(), "");
        response.addHeader(
                "Set-Cookie",
                ResponseCookie.from(name, value)
                        .path(path.isEmpty() ? "/" : path)
                        .maxAge(life)
                        .httpOnly(true)
                        .sameSite("Lax")
                        .secure("https".equals(base.getScheme()))
                        .build()
                        .toString());
    }
}
