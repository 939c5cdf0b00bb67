package dev.granary.api;

import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Settings;
import jakarta.servlet.http.HttpServletRequest;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** How large the body of an API request may be. */
@Component
public class BodyLimits {
    private static final Pattern UPLOADS = Pattern.compile("/v[1-4]/.+/repository/(commits|files?)/?");

    private final long body;
    private final long upload;

    BodyLimits(Settings settings) {
        body = settings.limits().body().toBytes();
        upload = settings.limits().upload().toBytes();
    }

    /** Whether the request brings the content of files, as a commit does. */
    public static boolean isUpload(HttpServletRequest request) {
        return UPLOADS.matcher(request.getRequestURI()).matches();
    }

    /** The most bytes the request's body may have. */
    long of(HttpServletRequest request) {
        return isUpload(request) ? upload : body;
    }

    /** Whether the request's body may take more memory than an ordinary one. */
    boolean isLarge(HttpServletRequest request) {
        return isUpload(request) && (request.getContentLengthLong() < 0 || request.getContentLengthLong() > body);
    }

    /** The failure of a request whose body has more. */
    Problem tooLarge(HttpServletRequest request) {
        return new Problem(ErrorCode.BODY_TOO_LARGE, of(request));
    }
}
