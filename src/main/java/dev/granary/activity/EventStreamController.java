package dev.granary.activity;

import dev.granary.kernel.Caller;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** An extension: what happens in a repository while it happens, as server-sent events. */
@RestController
class EventStreamController {
    private final EventStreams streams;

    EventStreamController(EventStreams streams) {
        this.streams = streams;
    }

    @GetMapping("/v4/repositories/{repository_id}/events/stream")
    void streamRepositoryEvents(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId,
            HttpServletResponse response)
            throws IOException {
        try (var stream = streams.open(caller, repositoryId, lastEventId)) {
            response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
            response.setCharacterEncoding(StandardCharsets.UTF_8.name());
            response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
            // Asks nginx not to hold it back.
            response.setHeader("X-Accel-Buffering", "no");
            stream.run(response.getOutputStream());
        }
    }
}
