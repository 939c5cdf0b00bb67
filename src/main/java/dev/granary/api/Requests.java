package dev.granary.api;

import dev.granary.kernel.Caller;
import jakarta.servlet.http.HttpServletRequest;

/** What filters attach to a request for those behind them. */
public final class Requests {
    private static final String CALLER = Requests.class.getName() + ".caller";

    private Requests() {}

    /** Records who makes the request. */
    public static void setCaller(HttpServletRequest request, Caller caller) {
        request.setAttribute(CALLER, caller);
    }

    /** Who makes the request; {@link Caller#ANONYMOUS} when nothing was recorded. */
    public static Caller caller(HttpServletRequest request) {
        return request.getAttribute(CALLER) instanceof Caller caller ? caller : Caller.ANONYMOUS;
    }
}
