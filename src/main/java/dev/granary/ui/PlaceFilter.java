package dev.granary.ui;

import dev.granary.access.Permission;
import dev.granary.api.Requests;
import dev.granary.kernel.Problem;
import dev.granary.repositories.RepositoryService;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.UriUtils;

/**
 * Turns addresses that people read into those that controllers serve: {@code /group/name/-/tree/main} into
 * {@code /-/repositories/7/tree/main}. What a repository was called formerly, and its clone address, lead to it, too.
 */
@Component
class PlaceFilter extends OncePerRequestFilter {
    private static final String SEPARATOR = "/-/";
    private static final Set<String> OURS = Set.of("/", "/favicon.ico", "/robots.txt");

    private final RepositoryService repositories;
    private final Viewers viewers;
    private final ErrorPages errors;

    PlaceFilter(RepositoryService repositories, Viewers viewers, ErrorPages errors) {
        this.repositories = repositories;
        this.viewers = viewers;
        this.errors = errors;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var path = request.getRequestURI();
        if (OURS.contains(path) || path.startsWith(SEPARATOR)) {
            chain.doFilter(request, response);
            return;
        }
        var end = path.indexOf(SEPARATOR);
        var place = (end < 0 ? path : path.substring(0, end)).replaceAll("^/|/$", "");
        var rest = end < 0 ? "" : path.substring(end + SEPARATOR.length());
        try {
            serve(request, response, chain, place, rest);
        } catch (Problem problem) {
            errors.write(request, response, problem);
        }
    }

    private void serve(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain, String place, String rest)
            throws ServletException, IOException {
        String asked;
        try {
            asked = UriUtils.decode(place, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            asked = place;
        }
        var name = asked.endsWith(".git") ? asked.substring(0, asked.length() - ".git".length()) : asked;
        var repository = repositories.requireByAddress(Requests.caller(request), name, Permission.VIEW);
        if (!repository.fullPath().equals(asked) && request.getMethod().equals("GET")) {
            var query = request.getQueryString() == null ? "" : "?" + request.getQueryString();
            var address = RepositoryPage.address(repository) + (rest.isEmpty() ? "" : SEPARATOR + rest);
            response.sendRedirect(viewers.base() + address + query);
            return;
        }
        request.setAttribute(Viewers.ADDRESS, request.getRequestURI());
        var internal = "/-/repositories/" + repository.id() + (rest.isEmpty() ? "" : "/" + rest);
        chain.doFilter(new Moved(request, internal), response);
    }

    private static final class Moved extends HttpServletRequestWrapper {
        private final String path;

        Moved(HttpServletRequest request, String path) {
            super(request);
            this.path = path;
        }

        @Override
        public String getRequestURI() {
            return path;
        }

        @Override
        public String getServletPath() {
            return path;
        }
    }
}
