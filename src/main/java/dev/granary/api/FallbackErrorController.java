package dev.granary.api;

import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/** Renders what failed outside the controllers: in a filter, in the firewall, in the container. */
@Controller
class FallbackErrorController implements ErrorController {
    private final Failures failures;
    private final BodyLimits limits;

    FallbackErrorController(Failures failures, BodyLimits limits) {
        this.failures = failures;
        this.limits = limits;
    }

    @RequestMapping("/error")
    void error(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code ? code : 404;
        var problem = status == 413 ? limits.tooLarge(request) : new Problem(codeOf(status));
        failures.write(request, response, problem);
        response.setStatus(status);
    }

    private static ErrorCode codeOf(int status) {
        return switch (status) {
            case 401 -> ErrorCode.UNAUTHENTICATED;
            case 403 -> ErrorCode.FORBIDDEN;
            case 404 -> ErrorCode.NOT_FOUND;
            case 415 -> ErrorCode.UNSUPPORTED_MEDIA_TYPE;
            case 503 -> ErrorCode.BUSY;
            default -> status < 500 ? ErrorCode.MALFORMED_BODY : ErrorCode.INTERNAL;
        };
    }
}
