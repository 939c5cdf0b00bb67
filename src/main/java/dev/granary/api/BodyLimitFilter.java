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
 * otherwise. It stands behind the filter that serves Git, whose packs have limits of their own.
 */
@Component
@Order(BodyLimitFilter.BEHIND_GIT_BEFORE_SECURITY)
class BodyLimitFilter extends OncePerRequestFilter {
    static final int BEHIND_GIT_BEFORE_SECURITY = -150;

    private final BodyLimits limits;
    private final Failures failures;

    BodyLimitFilter(BodyLimits limits, Failures failures) {
        this.limits = limits;
        this.failures = failures;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getContentLengthLong() > limits.of(request)) {
            failures.write(request, response, limits.tooLarge(request));
            return;
        }
        chain.doFilter(new LimitedRequest(request, limits.of(request), limits.tooLarge(request)), response);
    }

    private static final class LimitedRequest extends HttpServletRequestWrapper {
        private final long limit;
        private final Problem tooLarge;
        private @Nullable LimitedStream stream;

        LimitedRequest(HttpServletRequest request, long limit, Problem tooLarge) {
            super(request);
            this.limit = limit;
            this.tooLarge = tooLarge;
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            if (stream == null) {
                stream = new LimitedStream(super.getInputStream(), limit, tooLarge);
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
