package dev.granary.ui;

import dev.granary.api.Languages;
import dev.granary.api.Requests;
import dev.granary.kernel.ServerAddress;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.util.Objects;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Makes the {@link Viewer} of a request. */
@Component
public class Viewers {
    /** The request attribute with the address that the browser asked for, where a filter has replaced it. */
    static final String ADDRESS = Viewers.class.getName() + ".address";

    private static final Set<String> THEMES = Set.of("light", "dark");

    private final Languages languages;
    private final ServerAddress server;
    private final Cookies cookies;
    private final PageTexts texts;
    private final Assets assets;

    Viewers(Languages languages, ServerAddress server, Cookies cookies, PageTexts texts, Assets assets) {
        this.languages = languages;
        this.server = server;
        this.cookies = cookies;
        this.texts = texts;
        this.assets = assets;
    }

    /** Who makes a request. */
    public Viewer of(HttpServletRequest request, HttpServletResponse response) {
        return new Viewer(
                Requests.caller(request),
                languages.resolveLocale(request),
                Cookies.read(request, Cookies.THEME).filter(THEMES::contains).orElse(""),
                base(),
                address(request),
                request.getMethod().equals("POST") ? new Typed(request::getParameterMap) : Typed.NOTHING,
                cookies.takeNotice(request, response).orElse(null),
                texts,
                assets);
    }

    /** What stands before every address of the page: empty, unless a proxy serves Granary below a path. */
    public String base() {
        return Objects.requireNonNullElse(URI.create(server.base()).getRawPath(), "");
    }

    private static String address(HttpServletRequest request) {
        var path = request.getAttribute(ADDRESS) instanceof String asked ? asked : request.getRequestURI();
        return request.getQueryString() == null ? path : path + "?" + request.getQueryString();
    }
}
