package dev.granary.identity;

import dev.granary.api.Failures;
import dev.granary.api.Requests;
import dev.granary.kernel.Problem;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Finds out who calls the API, by whichever credential the request carries. */
@Component
class ApiAuthenticationFilter extends OncePerRequestFilter {
    private final Authenticator authenticator;
    private final Failures failures;

    ApiAuthenticationFilter(Authenticator authenticator, Failures failures) {
        this.authenticator = authenticator;
        this.failures = failures;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            var header = request.getHeader("Authorization");
            if (header != null && header.startsWith("Basic ")) {
                var pair = new String(Base64.getDecoder().decode(header.substring(6)), StandardCharsets.UTF_8);
                var colon = pair.indexOf(':');
                Requests.setCaller(
                        request,
                        authenticator.basic(
                                pair.substring(0, colon), pair.substring(colon + 1), request.getRemoteAddr()));
            }
        } catch (Problem problem) {
            failures.write(request, response, problem);
            return;
        }
        chain.doFilter(request, response);
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
