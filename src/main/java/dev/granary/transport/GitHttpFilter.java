package dev.granary.transport;

import dev.granary.api.Failures;
import dev.granary.api.Languages;
import dev.granary.api.Requests;
import dev.granary.identity.Authenticator;
import dev.granary.kernel.Caller;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import dev.granary.repositories.CloneAddresses;
import dev.granary.transport.GitMetrics.Outcome;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.UriUtils;

/**
 * Git over HTTP, protocol "smart". It stands before the API's security chain, whose firewall and error bodies are not
 * made for Git clients: those show plain text only, and want a challenge before they send a password.
 */
@Component
@Order(GitHttpFilter.BEFORE_SECURITY)
class GitHttpFilter extends OncePerRequestFilter {
    static final int BEFORE_SECURITY = -200;

    private static final Logger log = LoggerFactory.getLogger(GitHttpFilter.class);

    /**
     * No project has a path like {@code v4}, nothing is called {@code -}: a file called {@code info/refs} is read through
     * the API and the page.
     */
    private static final Pattern GIT =
            Pattern.compile("(?!/v[0-9.]+/)(?!.*/-/)(/.+)/(info/refs|git-upload-pack|git-receive-pack)");

    private static final String TRANSPORT = "http";
    private static final String ADVERTISEMENT = "info/refs";
    private static final int BUFFER = 64 * 1024;

    private final GitService git;
    private final GitWorkers workers;
    private final GitMetrics metrics;
    private final Authenticator authenticator;
    private final CloneAddresses addresses;
    private final Failures texts;
    private final Languages languages;

    GitHttpFilter(
            GitService git,
            GitWorkers workers,
            GitMetrics metrics,
            Authenticator authenticator,
            CloneAddresses addresses,
            Failures texts,
            Languages languages) {
        this.git = git;
        this.workers = workers;
        this.metrics = metrics;
        this.authenticator = authenticator;
        this.addresses = addresses;
        this.texts = texts;
        this.languages = languages;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var match = GIT.matcher(request.getRequestURI());
        if (!match.matches()) {
            chain.doFilter(request, response);
            return;
        }
        response.setHeader("Cache-Control", "no-cache, max-age=0, must-revalidate");
        try {
            serve(request, response, path(match.group(1)), match.group(2));
        } catch (Problem problem) {
            refuse(request, response, problem);
        }
    }

    private static Optional<GitPath> path(String encoded) {
        try {
            return GitPath.of(UriUtils.decode(encoded, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private void serve(HttpServletRequest request, HttpServletResponse response, Optional<GitPath> path, String action)
            throws IOException {
        var advertise = action.equals(ADVERTISEMENT);
        var method = advertise ? "GET" : "POST";
        if (!request.getMethod().equals(method)) {
            response.setHeader("Allow", method);
            throw new Problem(ErrorCode.METHOD_NOT_ALLOWED, request.getMethod());
        }
        var service = advertise ? request.getParameter("service") : action;
        var command = GitCommand.ofWireName(service == null ? "" : service)
                .orElseThrow(() -> new Problem(ErrorCode.DUMB_HTTP));
        var name = command.wireName();
        if (!advertise && !("application/x-" + name + "-request").equals(request.getContentType())) {
            throw new Problem(ErrorCode.UNSUPPORTED_MEDIA_TYPE);
        }
        var sample = metrics.start();
        var outcome = Outcome.FAILED;
        try {
            var session = session(request, path, command);
            if (advertise
                    && path.filter(place -> !place.isPlaceOf(session.repository()))
                            .isPresent()) {
                // Git asks the new address for the rest, too, after the first request was sent there.
                response.setStatus(HttpServletResponse.SC_MOVED_PERMANENTLY);
                response.setHeader(
                        "Location",
                        addresses.httpPath(session.repository()) + "/" + ADVERTISEMENT + "?service=" + name);
                outcome = Outcome.OK;
                return;
            }
            response.setContentType("application/x-" + name + (advertise ? "-advertisement" : "-result"));
            response.setBufferSize(BUFFER);
            answer(session, advertise, request, response);
            outcome = Outcome.OK;
        } catch (Problem problem) {
            outcome = Outcome.REFUSED;
            throw problem;
        } catch (IOException e) {
            // Git has written its error into the answer, or nobody reads it any more.
            log.info("{} of {} ended early: {}", name, request.getRequestURI(), e.toString());
        } finally {
            metrics.end(sample, TRANSPORT, command, outcome);
        }
    }

    private GitSession session(HttpServletRequest request, Optional<GitPath> path, GitCommand command) {
        var caller = caller(request);
        Requests.setCaller(request, caller);
        return git.session(
                caller,
                git.require(caller, path, command),
                command,
                languages.resolveLocale(request),
                version2(request),
                true);
    }

    private void answer(GitSession session, boolean advertise, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        var out = metrics.counted(response.getOutputStream(), TRANSPORT, session.command());
        if (advertise) {
            if (!git.advertiseKnown(session, out)) {
                workers.run(() -> git.advertise(session, out));
            }
            return;
        }
        try (var body = body(metrics.counted(request.getInputStream(), TRANSPORT, session.command()), request)) {
            switch (session.command()) {
                case UPLOAD_PACK -> {
                    var in = new BufferedInputStream(body);
                    if (!git.serveKnown(session, in, out)) {
                        workers.run(() -> git.serve(session, in, out, null));
                    }
                }
                case RECEIVE_PACK -> workers.run(() -> git.serve(session, body, out, null));
            }
        }
    }

    private static InputStream body(InputStream in, HttpServletRequest request) throws IOException {
        var encoding = request.getHeader("Content-Encoding");
        return encoding != null && (encoding.equals("gzip") || encoding.equals("x-gzip"))
                ? new GZIPInputStream(in, BUFFER)
                : in;
    }

    private static boolean version2(HttpServletRequest request) {
        var header = request.getHeader("Git-Protocol");
        return header != null && Arrays.asList(header.split(":")).contains("version=2");
    }

    private Caller caller(HttpServletRequest request) {
        var header = request.getHeader("Authorization");
        if (header == null) {
            return Caller.ANONYMOUS;
        }
        var pair = credentials(header).orElseThrow(() -> new Problem(ErrorCode.UNAUTHENTICATED));
        var colon = pair.indexOf(':');
        if (colon < 0) {
            throw new Problem(ErrorCode.UNAUTHENTICATED);
        }
        return authenticator.gitBasic(pair.substring(0, colon), pair.substring(colon + 1), request.getRemoteAddr());
    }

    private static Optional<String> credentials(String header) {
        if (!header.regionMatches(true, 0, "Basic ", 0, 6)) {
            return Optional.empty();
        }
        try {
            var bytes = Base64.getDecoder().decode(header.substring(6).strip());
            return Optional.of(new String(bytes, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private void refuse(HttpServletRequest request, HttpServletResponse response, Problem problem) throws IOException {
        if (response.isCommitted()) {
            return;
        }
        response.resetBuffer();
        response.setStatus(problem.code().status());
        response.setContentType("text/plain;charset=UTF-8");
        challenge(problem).ifPresent(header -> response.setHeader("WWW-Authenticate", header));
        Failures.retryAfter(problem).ifPresent(seconds -> response.setHeader("Retry-After", seconds));
        var text = texts.text(problem, languages.resolveLocale(request)) + "\n";
        response.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Optional<String> challenge(Problem problem) {
        return problem.code().status() == HttpServletResponse.SC_UNAUTHORIZED
                ? Optional.of("Basic realm=\"Granary\", charset=\"UTF-8\"")
                : Optional.empty();
    }
}
