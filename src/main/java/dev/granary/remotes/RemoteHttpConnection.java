package dev.granary.remotes;

import dev.granary.remotes.RemoteFailure.Reason;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URL;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.TrustManager;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.routing.RoutingSupport;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.io.entity.EntityTemplate;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.eclipse.jgit.util.TemporaryBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer. JGit sees an answer only if it is one of Git's or a redirect that may be followed; every
 * other ends the transfer here, so that JGit neither asks for other credentials nor falls back on reading a
 * repository's files one by one.
 */
final class RemoteHttpConnection implements HttpConnection {
    private static final int REDIRECTS = 300;
    private static final int NOT_MODIFIED = 304;
    private static final int ERRORS = 400;
    private static final int PROXY_AUTHENTICATION = 407;
    private static final int GONE = 410;
    private static final int LONGEST_NOTE = 100;
    private static final Set<String> OURS = Set.of("authorization", "content-length", "transfer-encoding", "cookie");

    private final RemoteHttp remote;
    private final Transfer transfer;
    private final URL url;
    private final URI uri;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private String method = "GET";
    private TemporaryBuffer.@Nullable LocalFile sent;
    private @Nullable ClassicHttpResponse response;
    private @Nullable InputStream content;

    RemoteHttpConnection(RemoteHttp remote, URL url, URI uri) {
        this.remote = remote;
        this.transfer = remote.transfer();
        this.url = url;
        this.uri = uri;
    }

    private ClassicHttpResponse response() throws IOException {
        if (response == null) {
            response = answered(execute());
        }
        return response;
    }

    private ClassicHttpResponse execute() throws IOException {
        transfer.check();
        var request = new HttpUriRequestBase(method, uri);
        headers.forEach(request::setHeader);
        remote.authorization(uri).ifPresent(value -> request.setHeader(HttpHeaders.AUTHORIZATION, value));
        var body = sent;
        if (body != null) {
            request.setEntity(new EntityTemplate(body.length(), null, out -> body.writeTo(new Sent(out), null)));
        }
        Runnable cut = request::cancel;
        transfer.onStop(cut);
        transfer.waits();
        try {
            return remote.client().executeOpen(RoutingSupport.determineHost(request), request, null);
        } catch (HttpException e) {
            throw transfer.stop(Reason.MALFORMED);
        } finally {
            transfer.goesOn();
            transfer.forget(cut);
            if (body != null) {
                body.destroy();
            }
        }
    }

    /** What is sent; that the remote takes it is a sign of life. */
    private final class Sent extends FilterOutputStream {
        Sent(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            transfer.check();
            out.write(bytes, offset, length);
            transfer.sign();
            transfer.count(length);
        }
    }

    private ClassicHttpResponse answered(ClassicHttpResponse answer) throws IOException {
        var status = answer.getCode();
        if (status == HTTP_OK) {
            requireGit(header(answer, HttpHeaders.CONTENT_TYPE));
        } else if (status > REDIRECTS && status < ERRORS && status != NOT_MODIFIED) {
            remote.redirected(uri, header(answer, HttpHeaders.LOCATION));
            if (!method.equals("GET")) {
                throw transfer.stop(Reason.REFUSED, note(answer));
            }
        } else if (status == HTTP_UNAUTHORIZED || status == PROXY_AUTHENTICATION) {
            throw transfer.stop(Reason.AUTHENTICATION);
        } else if (status == HTTP_NOT_FOUND || status == GONE) {
            throw transfer.stop(Reason.NOT_FOUND);
        } else {
            throw transfer.stop(Reason.REFUSED, note(answer));
        }
        return answer;
    }

    private void requireGit(@Nullable String type) throws TransferStopped {
        var bare = type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        var ending = method.equals("GET") ? "-advertisement" : "-result";
        if (!bare.startsWith("application/x-git-") || !bare.endsWith(ending)) {
            throw transfer.stop(Reason.MALFORMED);
        }
    }

    private static String note(ClassicHttpResponse answer) {
        return RemoteFailures.plain("HTTP " + answer.getCode() + " " + answer.getReasonPhrase(), LONGEST_NOTE);
    }

    private static @Nullable String header(ClassicHttpResponse answer, String name) {
        var header = answer.getFirstHeader(name);
        return header == null ? null : header.getValue();
    }

    @Override
    public InputStream getInputStream() throws IOException {
        var answer = response();
        var entity = answer.getEntity();
        var body = entity == null ? InputStream.nullInputStream() : entity.getContent();
        // Measured unpacked: a few bytes can stand for a great many.
        if ("gzip".equalsIgnoreCase(header(answer, HttpHeaders.CONTENT_ENCODING))) {
            transfer.waits();
            try {
                body = new GZIPInputStream(body);
            } finally {
                transfer.goesOn();
            }
        }
        content = new MeteredInput(body, transfer);
        return content;
    }

    /** Gives the connection back for the next request if nothing of the answer is left, otherwise closes it. */
    void end() throws IOException {
        if (response != null && !isReadToItsEnd()) {
            response.close();
        }
    }

    private boolean isReadToItsEnd() {
        try {
            return content != null && content.read() < 0;
        } catch (IOException e) {
            return false; // Or closed by JGit before.
        }
    }

    @Override
    public OutputStream getOutputStream() {
        if (sent == null) {
            sent = new TemporaryBuffer.LocalFile(remote.temporary().toFile());
            transfer.onEnd(sent::destroy);
        }
        return sent;
    }

    @Override
    public int getResponseCode() throws IOException {
        return response().getCode();
    }

    @Override
    public String getResponseMessage() throws IOException {
        return String.valueOf(response().getReasonPhrase());
    }

    /** Nothing about authentication and cookies: neither is JGit's business here. And content is unpacked already. */
    @Override
    public @Nullable String getHeaderField(String name) {
        return response != null && name.equalsIgnoreCase(HttpHeaders.LOCATION) ? header(response, name) : null;
    }

    @Override
    public List<String> getHeaderFields(String name) {
        return List.of();
    }

    @Override
    public Map<String, List<String>> getHeaderFields() {
        return Map.of();
    }

    @Override
    public @Nullable String getContentType() {
        return response == null ? null : header(response, HttpHeaders.CONTENT_TYPE);
    }

    @Override
    public int getContentLength() {
        return -1;
    }

    @Override
    public URL getURL() {
        return url;
    }

    @Override
    public void setRequestProperty(String name, String value) {
        if (!OURS.contains(name.toLowerCase(Locale.ROOT))) {
            headers.put(name, value);
        }
    }

    @Override
    public void setRequestMethod(String name) {
        method = name;
    }

    @Override
    public String getRequestMethod() {
        return method;
    }

    @Override
    public void connect() throws IOException {
        response();
    }

    @Override
    public boolean usingProxy() {
        return false;
    }

    /** Nothing to do: answers are never kept. */
    @Override
    public void setUseCaches(boolean use) {}

    /** Nothing to do: the transfer keeps the time. */
    @Override
    public void setConnectTimeout(int timeout) {}

    /** Nothing to do: the transfer keeps the time. */
    @Override
    public void setReadTimeout(int timeout) {}

    /** Nothing to do: they are never followed here. */
    @Override
    public void setInstanceFollowRedirects(boolean follow) {}

    /** Nothing to do: there is a body when one is written. */
    @Override
    public void setDoOutput(boolean output) {}

    /** Nothing to do: its length is known when it is sent. */
    @Override
    public void setFixedLengthStreamingMode(int length) {}

    /** Nothing to do: its length is known when it is sent. */
    @Override
    public void setChunkedStreamingMode(int length) {}

    /** Never: TLS is verified. */
    @Override
    public void configure(
            KeyManager @Nullable [] keys,
            TrustManager @Nullable [] trust,
            java.security.@Nullable SecureRandom random) {
        throw new UnsupportedOperationException();
    }

    /** Never: TLS is verified. */
    @Override
    public void setHostnameVerifier(HostnameVerifier verifier) {
        throw new UnsupportedOperationException();
    }
}
