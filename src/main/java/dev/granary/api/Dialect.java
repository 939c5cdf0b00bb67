package dev.granary.api;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;

/** The two shapes of answers in the public API. */
public enum Dialect {
    /** v1 and v2: {@code {"error", "result", "status"}} around everything. */
    LEGACY,
    /** v4, and the identity and project services: the bare value; failures as {@code {"error_code", "error_msg"}}. */
    BARE;

    /** The dialect of a request, known from its path alone, so that failures before routing speak it too. */
    public static Dialect of(HttpServletRequest request) {
        var original = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        return of(original instanceof String path ? path : request.getRequestURI());
    }

    static Dialect of(String path) {
        return path.startsWith("/v1/") || path.startsWith("/v2/") || path.startsWith("/v3/repositories/")
                ? LEGACY
                : BARE;
    }
}
