package dev.granary.identity;

import dev.granary.api.Failures;
import dev.granary.api.Requests;
import dev.granary.kernel.Caller;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.util.stream.Stream;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Keeps the server's figures to administrators and to programs on the same machine. A proxy on the same machine passes
 * on requests from anywhere, so one that was forwarded does not count as local. The health is everybody's.
 */
final class ActuatorFilter extends OncePerRequestFilter {
    private static final RequestMatcher ALL =
            PathPatternRequestMatcher.withDefaults().matcher("/actuator/**");
    private static final RequestMatcher HEALTH =
            PathPatternRequestMatcher.withDefaults().matcher("/actuator/health/**");

    private final Failures failures;

    ActuatorFilter(Failures failures) {
        this.failures = failures;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var caller = Requests.caller(request);
        if (!ALL.matches(request) || HEALTH.matches(request) || isAdministrator(caller) || isLocal(request)) {
            chain.doFilter(request, response);
            return;
        }
        failures.write(
                request,
                response,
                new Problem(caller instanceof Caller.Anonymous ? ErrorCode.UNAUTHENTICATED : ErrorCode.FORBIDDEN));
    }

    private static boolean isAdministrator(Caller caller) {
        return caller instanceof Caller.User user
                && user.administrator()
                && user.grants().contains(Caller.Grant.API);
    }

    private static boolean isLocal(HttpServletRequest request) {
        try {
            return InetAddress.ofLiteral(request.getRemoteAddr()).isLoopbackAddress()
                    && Stream.of("Forwarded", "X-Forwarded-For", "X-Real-IP", "Via")
                            .allMatch(header -> request.getHeader(header) == null);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
