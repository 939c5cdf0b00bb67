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
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Finds out who calls the API, by whichever credential the request carries. A credential that is not understood is an
 * error, never the same as none.
 */
@Component
class ApiAuthenticationFilter extends OncePerRequestFilter {
    private final Authenticator authenticator;
    private final SignatureVerifier signatures;
    private final Failures failures;

    ApiAuthenticationFilter(Authenticator authenticator, SignatureVerifier signatures, Failures failures) {
        this.authenticator = authenticator;
        this.signatures = signatures;
        this.failures = failures;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        HttpServletRequest authenticated;
        try {
            authenticated = authenticated(request);
        } catch (Problem problem) {
            failures.write(request, response, problem);
            return;
        }
        chain.doFilter(authenticated, response);
    }

    private HttpServletRequest authenticated(HttpServletRequest request) throws IOException {
        var authorization = request.getHeader("Authorization");
        if (authorization != null && authorization.startsWith(Signature.SCHEME)) {
            var verified = signatures.verify(authorization, request);
            Requests.setCaller(request, verified.caller());
            return verified.request();
        }
        Requests.setCaller(request, caller(request));
        return request;
    }

    private Caller caller(HttpServletRequest request) {
        var authorization = request.getHeader("Authorization");
        if (isGiven(authorization)) {
            return authorized(authorization, request.getRemoteAddr());
        }
        var token = request.getHeader("X-Auth-Token");
        if (isGiven(token)) {
            return token(token);
        }
        var personalToken = request.getHeader("PRIVATE-TOKEN");
        return isGiven(personalToken) ? token(personalToken) : Caller.ANONYMOUS;
    }

    private static boolean isGiven(@Nullable String header) {
        return header != null && !header.isEmpty();
    }

    private Caller authorized(String header, String address) {
        var space = header.indexOf(' ');
        var scheme = space < 0 ? header : header.substring(0, space);
        var value = header.substring(space + 1).strip();
        if (scheme.equalsIgnoreCase("Basic")) {
            return basic(value, address);
        }
        if (scheme.equalsIgnoreCase("Bearer")) {
            return token(value);
        }
        throw new Problem(ErrorCode.UNAUTHENTICATED);
    }

    private Caller basic(String value, String address) {
        String pair;
        try {
            pair = new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new Problem(ErrorCode.UNAUTHENTICATED);
        }
        var colon = pair.indexOf(':');
        if (colon < 0) {
            throw new Problem(ErrorCode.UNAUTHENTICATED);
        }
        return authenticator.basic(pair.substring(0, colon), pair.substring(colon + 1), address);
    }

    private Caller token(String token) {
        return authenticator.token(token).orElseThrow(() -> new Problem(ErrorCode.UNAUTHENTICATED));
    }

    /** The filter runs inside the security chain only. */
    @Configuration(proxyBeanMethods = false)
    static class OutsideTheContainer {
        @Bean
        FilterRegistrationBean<ApiAuthenticationFilter> notInTheContainer(ApiAuthenticationFilter filter) {
            var registration = new FilterRegistrationBean<>(filter);
            registration.setEnabled(false);
            return registration;
        }
    }
}
