package dev.granary.ui;

import dev.granary.api.Requests;
import dev.granary.identity.BrowserSessions;
import dev.granary.kernel.Caller;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Finds out who looks at a page, by the cookie that log-in set. A cookie that is no good any more is taken back. */
@Component
class PageSessionFilter extends OncePerRequestFilter {
    private final BrowserSessions sessions;
    private final Cookies cookies;

    PageSessionFilter(BrowserSessions sessions, Cookies cookies) {
        this.sessions = sessions;
        this.cookies = cookies;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var secret = Cookies.read(request, Cookies.SESSION);
        Caller caller = Caller.ANONYMOUS;
        if (secret.isPresent()) {
            var user = sessions.find(secret.get());
            if (user.isPresent()) {
                caller = user.get();
            } else {
                cookies.clear(response, Cookies.SESSION);
            }
        }
        Requests.setCaller(request, caller);
        chain.doFilter(request, response);
    }
}
