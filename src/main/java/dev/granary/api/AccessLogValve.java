package dev.granary.api;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.AccessLog;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.jspecify.annotations.Nullable;

/** Tells the access log of every HTTP request, those that the container refuses included, when its answer is out. */
final class AccessLogValve extends ValveBase implements AccessLog {
    AccessLogValve() {
        super(true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        getNext().invoke(request, response);
    }

    @Override
    public void log(Request request, Response response, long nanos) {
        if (dev.granary.api.AccessLog.isOn()) {
            dev.granary.api.AccessLog.write(new dev.granary.api.AccessLog.Entry(
                    orDash(request.getMethod()),
                    orDash(request.getRequestURI()),
                    response.getStatus(),
                    response.getBytesWritten(false),
                    nanos,
                    Requests.caller(request),
                    orDash(response.getHeader(RequestIdFilter.HEADER)),
                    orDash(request.getRemoteAddr())));
        }
    }

    private static String orDash(@Nullable String text) {
        return text == null ? "-" : text;
    }

    /** The address that a proxy passes on is not looked at here either. */
    @Override
    public void setRequestAttributesEnabled(boolean enabled) {}

    @Override
    public boolean getRequestAttributesEnabled() {
        return false;
    }
}
