package dev.granary.api;

import dev.granary.kernel.Problem;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Bounds the bodies of API requests before anything reads them: by their length where it is announced, while reading
 * otherwise; and the memory of large ones together. It stands behind the filter that serves Git, whose packs have limits
 * of their own.
 */
@Component
@Order(BodyLimitFilter.BEHIND_GIT_BEFORE_SECURITY)
class BodyLimitFilter extends OncePerRequestFilter {
    static final int BEHIND_GIT_BEFORE_SECURITY = -150;

    private final BodyLimits limits;
    private final UploadMemory memory;
    private final Failures failures;

    BodyLimitFilter(BodyLimits limits, UploadMemory memory, Failures failures) {
        this.limits = limits;
        this.memory = memory;
        this.failures = failures;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getContentLengthLong() > limits.of(request)) {
            failures.write(request, response, limits.tooLarge(request));
            return;
        }
        var limited = new LimitedRequest(request);
        try {
            chain.doFilter(limited, response);
        } finally {
            memory.giveBack(limited.memoryTaken);
        }
    }

    /** Takes its share of the memory when the body is first asked for: the caller is known by then, or almost. */
    private final class LimitedRequest extends HttpServletRequestWrapper {
        private final HttpServletRequest request;
        private @Nullable LimitedStream stream;
        private int memoryTaken;

        LimitedRequest(HttpServletRequest request) {
            super(request);
            this.request = request;
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            if (stream == null) {
                if (limits.isLarge(request)) {
                    var announced = request.getContentLengthLong();
                    memoryTaken = memory.take(announced < 0 ? limits.of(request) : announced);
                }
                stream = new LimitedStream(super.getInputStream(), limits.of(request), limits.tooLarge(request));
            }
            return stream;
        }

        @Override
        public BufferedReader getReader() throws IOException {
            var encoding = getCharacterEncoding();
            var charset = encoding == null ? StandardCharsets.UTF_8 : Charset.forName(encoding);
            return new BufferedReader(new InputStreamReader(getInputStream(), charset));
        }
    }

    private static final class LimitedStream extends ServletInputStream {
        private final ServletInputStream in;
        private final Problem tooLarge;
        private long left;

        LimitedStream(ServletInputStream in, long limit, Problem tooLarge) {
            this.in = in;
            this.left = limit;
            this.tooLarge = tooLarge;
        }

        @Override
        public int read() throws IOException {
            var read = in.read();
            if (read >= 0) {
                count(1);
            }
            return read;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            var read = in.read(buffer, offset, length);
            count(Math.max(read, 0));
            return read;
        }

        private void count(int read) {
            left -= read;
            if (left < 0) {
                throw tooLarge;
            }
        }

        @Override
        public boolean isFinished() {
            return in.isFinished();
        }

        @Override
        public boolean isReady() {
            return in.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            in.setReadListener(listener);
        }
    }
}
