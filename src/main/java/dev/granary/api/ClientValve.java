package dev.granary.api;

import dev.granary.kernel.Client;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.Set;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;

/**
 * Lets long work know when the client of a request without a body is gone. Servlets learn that only when they write; but
 * the container can be asked to read from the connection without waiting, and a closed one says so. What comes in that way
 * is the next request, and is kept for it.
 */
final class ClientValve extends ValveBase {
    private static final Set<String> WITHOUT_BODY = Set.of("GET", "HEAD");

    ClientValve() {
        super(true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        if (!WITHOUT_BODY.contains(request.getMethod())
                || request.getContentLengthLong() > 0
                || request.getHeader("Transfer-Encoding") != null) {
            getNext().invoke(request, response);
            return;
        }
        try {
            Client.serve(() -> isClosed(request), () -> {
                getNext().invoke(request, response);
                return true;
            });
        } catch (IOException | ServletException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new ServletException(e);
        }
    }

    /** A failed read counts as one byte, each time; bytes that are there count only when they come. */
    private static boolean isClosed(Request request) {
        if (!hasRead(request)) {
            return false;
        }
        return hasRead(request);
    }

    private static boolean hasRead(Request request) {
        var connection = request.getCoyoteRequest();
        connection.action(ActionCode.AVAILABLE, true);
        return connection.getAvailable() > 0;
    }
}
