package dev.granary.activity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.identity.UserAccount;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.Http;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.Scopes;
import dev.granary.testing.TestDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Following a repository. */
@OnBothDatabases
class EventStreamTest {
    private final GranaryServer server;
    private final UserAccount owner;
    private final Http client;
    private final Scopes scopes;
    private final String path;

    EventStreamTest(TestDatabase database) {
        server = GranaryServer.shared(database);
        owner = server.newUser("follower");
        client = server.http(owner.name(), GranaryServer.PASSWORD);
        scopes = Scopes.create(server, server.caller(owner.name()));
        path = scopes.repositoryPath() + "/events/stream";
    }

    private static final class Stream implements AutoCloseable {
        private final HttpClient http = HttpClient.newHttpClient();
        final HttpResponse<java.io.InputStream> response;
        private final LinkedBlockingQueue<Map<String, String>> events = new LinkedBlockingQueue<>();

        Stream(String url, UserAccount user, @Nullable String lastId) throws Exception {
            var credential = Base64.getEncoder()
                    .encodeToString((user.name() + ":" + GranaryServer.PASSWORD).getBytes(StandardCharsets.UTF_8));
            var request = HttpRequest.newBuilder(URI.create(url)).header("Authorization", "Basic " + credential);
            if (lastId != null) {
                request.header("Last-Event-ID", lastId);
            }
            response = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            Thread.startVirtualThread(this::read);
        }

        private void read() {
            var event = new HashMap<String, String>();
            try (var lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
                for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                    var colon = line.indexOf(": ");
                    if (colon > 0) {
                        event.put(line.substring(0, colon), line.substring(colon + 2));
                    } else if (line.isEmpty() && event.containsKey("data")) {
                        events.add(Map.copyOf(event));
                        event.clear();
                    }
                }
            } catch (IOException e) {
                events.add(Map.of("end", String.valueOf(e.getMessage())));
            }
        }

        Map<String, String> next() throws InterruptedException {
            var event = events.poll(30, TimeUnit.SECONDS);
            assertThat(event).isNotNull();
            return event;
        }

        @Override
        public void close() throws Exception {
            response.body().close();
            http.shutdownNow();
        }
    }

    private Stream open(UserAccount user, @Nullable String lastId) throws Exception {
        return new Stream(server.url() + path, user, lastId);
    }

    @Test
    void tellsWhatHappensAndGoesOnWhereAClientStopped() throws Exception {
        scopes.commit(client, "main", null, "Change");
        String id;
        try (var stream = open(owner, null)) {
            assertThat(stream.response.statusCode()).isEqualTo(200);
            assertThat(stream.response.headers().firstValue("Content-Type"))
                    .hasValueSatisfying(type -> assertThat(type).startsWith("text/event-stream"));
            var commit = scopes.commit(client, "main", null, "Change");
            var event = stream.next();
            assertThat(event.get("event")).isEqualTo("push");
            var data = JsonMapper.shared().readTree(event.get("data"));
            assertThat(data.get("actor_id").longValue()).isEqualTo(owner.id());
            assertThat(data.get("uuid").asString()).hasSize(32);
            assertThat(data.get("facts").get("after").asString()).isEqualTo(commit);
            id = event.get("id");
        }
        var missed = scopes.commit(client, "main", null, "Change");
        try (var stream = open(owner, id)) {
            assertThat(stream.next().get("data")).contains(missed);
            var next = scopes.commit(client, "main", null, "Change");
            assertThat(stream.next().get("data")).contains(next);
        }
    }

    /** The row is all that one node learns from another. */
    @Test
    void tellsWhatAnotherNodeWroteDownAndNothingOfMembers() throws Exception {
        try (var stream = open(owner, "0")) {
            write("member_added", "{\"user_id\":1,\"role\":\"viewer\"}");
            write("pipeline", "{\"pipeline_id\":1,\"commit_id\":\"\",\"ref\":\"other\",\"status\":\"success\"}");
            var event = stream.next();
            while (Objects.requireNonNull(event.get("event")).startsWith("repository")) {
                event = stream.next();
            }
            assertThat(event.get("event")).isEqualTo("pipeline");
            assertThat(event.get("data")).contains("other");
        }
    }

    private void write(String kind, String facts) {
        Scopes.write(
                server,
                jdbc -> jdbc.sql("""
                    INSERT INTO event (uuid, kind, repository_id, occurred_at, found, facts)
                    VALUES (:uuid, :kind, :repository, :now, FALSE, :facts)
                    """)
                        .param("uuid", GranaryServer.unique("event"))
                        .param("kind", kind)
                        .param("repository", scopes.repository().id())
                        .param("now", System.currentTimeMillis())
                        .param("facts", facts)
                        .update());
    }

    @Test
    void isForReadersAndBounded() throws Exception {
        assertThat(server.asNobody().get(path).status()).isEqualTo(401);
        var stranger = server.newUser("stranger");
        assertThat(server.http(stranger.name(), GranaryServer.PASSWORD)
                        .get(path)
                        .status())
                .isEqualTo(404);
        var streams = new ArrayList<Stream>();
        try {
            for (var i = 0; i < EventStreams.MOST_OF_USER; i++) {
                streams.add(open(owner, "x"));
                assertThat(streams.getLast().response.statusCode()).isEqualTo(200);
            }
            assertThat(client.get(path).errorCode()).isEqualTo("CH.094202");
        } finally {
            for (var stream : streams) {
                stream.close();
            }
        }
    }
}
