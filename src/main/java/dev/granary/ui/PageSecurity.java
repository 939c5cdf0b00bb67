package dev.granary.ui;

import jakarta.servlet.Filter;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/**
 * The chain in front of the page. A cookie says who looks, which the API never takes; requests that change something
 * must come from the page itself; nothing but our own scripts and styles runs. Services decide what the caller may do.
 */
@Configuration(proxyBeanMethods = false)
class PageSecurity {
    /** Pictures in read-me files stand on other servers; they are loaded over TLS, without a referrer. */
    private static final String CONTENT = String.join(
            "; ",
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' data: https:",
            "font-src 'self'",
            "connect-src 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
            "base-uri 'none'");

    @Bean
    @Order(1)
    SecurityFilterChain pages(
            HttpSecurity http, CrossOriginFilter crossOrigin, PageSessionFilter session, PlaceFilter places) {
        return http.securityMatcher(PagePaths::isPage)
                .csrf(csrf -> csrf.disable())
                .logout(logout -> logout.disable())
                .requestCache(cache -> cache.disable())
                .anonymous(anonymous -> anonymous.disable())
                .sessionManagement(management -> management.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .headers(headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT))
                        .referrerPolicy(policy -> policy.policy(ReferrerPolicy.SAME_ORIGIN))
                        .crossOriginOpenerPolicy(policy -> policy.policy(CrossOriginOpenerPolicy.SAME_ORIGIN))
                        .frameOptions(frames -> frames.deny()))
                .addFilterBefore(crossOrigin, AuthorizationFilter.class)
                .addFilterBefore(session, AuthorizationFilter.class)
                .addFilterBefore(places, AuthorizationFilter.class)
                .build();
    }

    /** The filters run inside the security chain only. */
    @Bean
    FilterRegistrationBean<Filter> crossOriginNotInTheContainer(CrossOriginFilter filter) {
        return inside(filter);
    }

    @Bean
    FilterRegistrationBean<Filter> pageSessionNotInTheContainer(PageSessionFilter filter) {
        return inside(filter);
    }

    @Bean
    FilterRegistrationBean<Filter> placesNotInTheContainer(PlaceFilter filter) {
        return inside(filter);
    }

    private static FilterRegistrationBean<Filter> inside(Filter filter) {
        var registration = new FilterRegistrationBean<>(filter);
        registration.setEnabled(false);
        return registration;
    }
}
