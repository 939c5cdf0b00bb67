package dev.granary.ui;

import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses requests that would change something and come from a page of another site. Browsers say where a request comes
 * from in {@code Sec-Fetch-Site}, older ones in {@code Origin}; neither can be forged by a page. A request that says
 * nothing does not come from a browser, and carries no cookie unless somebody put it there.
 */
@Component
class CrossOriginFilter extends OncePerRequestFilter {
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    private final ErrorPages errors;

    CrossOriginFilter(ErrorPages errors) {
        this.errors = errors;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (SAFE.contains(request.getMethod()) || isFromHere(request)) {
            chain.doFilter(request, response);
        } else {
            errors.write(request, response, new Problem(ErrorCode.CROSS_ORIGIN));
        }
    }

    private static boolean isFromHere(HttpServletRequest request) {
        var site = request.getHeader("Sec-Fetch-Site");
        if (site != null) {
            return site.equals("same-origin") || site.equals("none");
        }
        var origin = request.getHeader("Origin");
        if (origin == null) {
            return true;
        }
        try {
            return request.getHeader("Host") != null
                    && request.getHeader("Host")
                            .equalsIgnoreCase(URI.create(origin).getRawAuthority());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
