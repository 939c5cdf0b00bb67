package dev.granary.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A plain HTTP client of one user. Every successful answer of a contract operation is held to the {@link Contract}. */
public final class Http {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final JsonMapper JSON = JsonMapper.shared();

    private final String url;
    private final Map<String, String> headers = new LinkedHashMap<>();

    private Http(String url, String user, String password) {
        this.url = url;
        if (user != null) {
            headers.put(
                    "Authorization",
                    "Basic "
                            + Base64.getEncoder()
                                    .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8)));
        }
    }

    /** A client of a server at an address without a final slash; no user: without credentials. */
    public static Http at(String url, String user, String password) {
        return new Http(url, user, password);
    }

    /** An answer: its status, headers and text. */
    public record Answer(int status, HttpResponse<byte[]> response) {
        public String text() {
            return new String(response.body(), StandardCharsets.UTF_8);
        }

        public JsonNode json() {
            return JSON.readTree(response.body());
        }

        /** The {@code result} of a v1/v2 answer. */
        public JsonNode result() {
            return json().get("result");
        }

        public String header(String name) {
            return response.headers().firstValue(name).orElse(null);
        }

        /** The error code, in whichever dialect. */
        public String errorCode() {
            var json = json();
            return json.has("error_code")
                    ? json.get("error_code").asString()
                    : json.get("error").get("code").asString();
        }

        /** The error's text, in whichever dialect. */
        public String errorText() {
            var json = json();
            return json.has("error_msg")
                    ? json.get("error_msg").asString()
                    : json.get("error").get("message").asString();
        }

        @Override
        public String toString() {
            return status + " " + text();
        }
    }

    /** The same client with one more header. */
    public Http with(String header, String value) {
        var copy = new Http(url, null, null);
        copy.headers.putAll(headers);
        copy.headers.put(header, value);
        return copy;
    }

    public Answer get(String path) {
        return send("GET", path, null);
    }

    public Answer delete(String path) {
        return send("DELETE", path, null);
    }

    /** Posts JSON: a text as it is, anything else as Jackson writes it. */
    public Answer post(String path, Object body) {
        return send("POST", path, body);
    }

    public Answer put(String path, Object body) {
        return send("PUT", path, body);
    }

    public Answer send(String method, String path, Object body) {
        var request = HttpRequest.newBuilder(URI.create(url + path)).timeout(Duration.ofSeconds(60));
        headers.forEach(request::header);
        if (body == null) {
            request.method(method, HttpRequest.BodyPublishers.noBody());
        } else {
            if (!headers.containsKey("Content-Type")) {
                request.header("Content-Type", "application/json");
            }
            request.method(
                    method,
                    HttpRequest.BodyPublishers.ofString(
                            body instanceof String text ? text : JSON.writeValueAsString(body)));
        }
        try {
            var response = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            if (response.statusCode() / 100 == 2) {
                Contract.find(method, path).ifPresent(operation -> Contract.verify(operation, response.body()));
            }
            return new Answer(response.statusCode(), response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
