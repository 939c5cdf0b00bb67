package dev.granary.identity;

import dev.granary.api.Failures;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.firewall.StrictHttpFirewall;

/** The chain in front of the API: it finds out who calls; services decide what the caller may do. */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {
    /**
     * Every request must bring its credential in a header; nothing is remembered in a cookie or a session. A page of
     * another site cannot make a browser send such a header, so there is no forgery to protect against.
     */
    @Bean
    SecurityFilterChain api(HttpSecurity http, ApiAuthenticationFilter authentication, Failures failures) {
        return http.csrf(csrf -> csrf.disable())
                .logout(logout -> logout.disable())
                .requestCache(cache -> cache.disable())
                .anonymous(anonymous -> anonymous.disable())
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .addFilterBefore(authentication, AuthorizationFilter.class)
                .addFilterBefore(new ActuatorFilter(failures), AuthorizationFilter.class)
                .build();
    }

    /** Requests are measured as a whole; a measurement around each filter costs more than most filters. */
    @Bean
    SecurityObservationSettings securityObservations() {
        return SecurityObservationSettings.noObservations();
    }

    /** What the firewall refuses is answered like every other failure. */
    @Bean
    RequestRejectedHandler requestRejectedHandler(Failures failures) {
        return (request, response, _) -> failures.write(request, response, new Problem(ErrorCode.MALFORMED_BODY));
    }

    /** Branch and file names carry encoded slashes and percent signs in paths; routing handles them. */
    @Bean
    HttpFirewall httpFirewall() {
        var firewall = new StrictHttpFirewall();
        firewall.setAllowUrlEncodedSlash(true);
        firewall.setAllowUrlEncodedPercent(true);
        firewall.setAllowUrlEncodedPeriod(true);
        firewall.setAllowUrlEncodedDoubleSlash(true);
        firewall.setAllowSemicolon(true);
        return firewall;
    }
}
