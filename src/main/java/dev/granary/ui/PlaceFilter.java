package dev.granary.ui;

import dev.granary.access.Permission;
import dev.granary.api.Requests;
import dev.granary.kernel.Caller;
import dev.granary.kernel.Problem;
import dev.granary.projects.Namespaces;
import dev.granary.repositories.HostedRepository;
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
 * {@code /-/repositories/7/tree/main}, and those of projects and groups into {@code /-/places/group/3/members}. What a
 * repository or group was called formerly, and its clone address, lead to it, too. What the reader may not see is answered
 * for as what is not there.
 */
@Component
class PlaceFilter extends OncePerRequestFilter {
    private static final String SEPARATOR = "/-/";
    /** The page of a repository that is still being filled. */
    private static final String IMPORT = "import";

    private static final Set<String> OURS = Set.of("/", "/favicon.ico", "/robots.txt");

    private final RepositoryService repositories;
    private final Namespaces namespaces;
    private final Viewers viewers;
    private final ErrorPages errors;

    PlaceFilter(RepositoryService repositories, Namespaces namespaces, Viewers viewers, ErrorPages errors) {
        this.repositories = repositories;
        this.namespaces = namespaces;
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
        var found = find(Requests.caller(request), name);
        var isRead = request.getMethod().equals("GET");
        if (isRead && !(found.path().equals(asked) && found.serves(rest))) {
            var query = request.getQueryString() == null ? "" : "?" + request.getQueryString();
            var page = found.serves(rest) ? rest : IMPORT;
            var address = PlacePage.address(found.path()) + (page.isEmpty() ? "" : SEPARATOR + page);
            response.sendRedirect(viewers.base() + address + query);
            return;
        }
        request.setAttribute(Viewers.ADDRESS, request.getRequestURI());
        chain.doFilter(new Moved(request, found.internal() + (rest.isEmpty() ? "" : "/" + rest)), response);
    }

    /**
     * What is at an address.
     *
     * @param path where it is now
     * @param internal what its pages' addresses for controllers begin with
     * @param ready whether it has pages other than the one that tells how far it is
     */
    private record Place(String path, String internal, boolean ready) {
        boolean serves(String rest) {
            return ready || rest.equals(IMPORT) || rest.startsWith(IMPORT + "/");
        }
    }

    private Place find(Caller caller, String name) {
        try {
            var repository = repositories.requireByAddress(caller, name, Permission.VIEW);
            return new Place(
                    repository.fullPath(),
                    "/-/repositories/" + repository.id(),
                    repository.status() == HostedRepository.READY);
        } catch (Problem problem) {
            // No path is that of a repository and of a group: what is not to be seen stays so.
            return namespaces
                    .find(caller, name)
                    .map(found -> new Place(
                            found.path(),
                            "/-/places/" + found.scope().kind() + "/"
                                    + found.scope().id(),
                            true))
                    .orElseThrow(() -> problem);
        }
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
