package dev.granary.ui.review;

import dev.granary.activity.EventStreams;
import dev.granary.ui.RepositoryPage;
import dev.granary.ui.Viewer;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;

/** Tells an open page what happens in its repository; the API's stream takes no session. */
@Controller
class LivePageController {
    private final EventStreams streams;

    LivePageController(EventStreams streams) {
        this.streams = streams;
    }

    @GetMapping("/-/repositories/{repository}/live")
    void live(
            Viewer viewer,
            RepositoryPage repository,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId,
            HttpServletResponse response)
            throws IOException {
        try (var stream = streams.open(viewer.caller(), repository.repository().id(), lastEventId)) {
            response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
            response.setCharacterEncoding(StandardCharsets.UTF_8.name());
            response.setHeader("Cache-Control", "no-store");
            // Asks nginx not to hold it back.
            response.setHeader("X-Accel-Buffering", "no");
            stream.run(response.getOutputStream());
        }
    }
}
