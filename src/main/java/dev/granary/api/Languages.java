package dev.granary.api;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.i18n.AcceptHeaderLocaleResolver;
import org.springframework.web.util.WebUtils;

/**
 * The language of a request: {@code X-Language} ({@code zh-cn}, {@code en-us}), else what the reader of the page chose,
 * else {@code Accept-Language}, else English.
 */
@Component("localeResolver")
public class Languages extends AcceptHeaderLocaleResolver {
    /** The cookie with the choice of the page's reader. */
    public static final String COOKIE = "granary_language";

    private static final Locale CHINESE = Locale.SIMPLIFIED_CHINESE;

    Languages() {
        setSupportedLocales(List.of(Locale.ENGLISH, CHINESE, Locale.CHINESE));
        setDefaultLocale(Locale.ENGLISH);
    }

    @Override
    public Locale resolveLocale(HttpServletRequest request) {
        var chosen = WebUtils.getCookie(request, COOKIE);
        var fallback = super.resolveLocale(request);
        return of(request.getHeader("X-Language"), chosen == null ? fallback : of(chosen.getValue(), fallback));
    }

    /** The language a header or a client's locale setting such as {@code zh_CN.UTF-8} names, else the fallback. */
    public static Locale of(@Nullable String language, Locale fallback) {
        if (language == null || language.isBlank()) {
            return normalised(fallback);
        }
        return normalised(Locale.forLanguageTag(language.replaceAll("\\..*", "").replace('_', '-')));
    }

    private static Locale normalised(Locale locale) {
        return locale.getLanguage().equals("zh") ? CHINESE : Locale.ENGLISH;
    }
}
