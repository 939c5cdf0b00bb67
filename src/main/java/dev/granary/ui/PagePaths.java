package dev.granary.ui;

import jakarta.servlet.http.HttpServletRequest;
import java.util.regex.Pattern;

/**
 * Which addresses are the page's: all that are not the API's, the figures', the assets' or the API description's. No project has a
 * path like those.
 */
final class PagePaths {
    private static final Pattern OTHERS = Pattern.compile(
            "/(v[0-9.]+|actuator|assets|api-docs|swagger-ui|webjars|error)(/.*)?|/(api-docs|swagger-ui)[^/]*");

    private PagePaths() {}

    /** By the path as routing sees it: decoded, and without what stands behind semicolons. */
    static boolean isPage(HttpServletRequest request) {
        return !OTHERS.matcher(request.getServletPath()).matches();
    }
}
