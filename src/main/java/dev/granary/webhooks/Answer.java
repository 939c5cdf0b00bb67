package dev.granary.webhooks;

import java.util.Map;

/**
 * What became of a call to a receiver.
 *
 * @param sent the headers that were sent, secrets masked
 * @param status the status code; 0 when there was no answer
 * @param headers the answer's
 * @param body how the answer began; without one, what went wrong
 * @param startedAt epoch milliseconds
 * @param millis how long it took
 */
record Answer(
        Map<String, String> sent, int status, Map<String, String> headers, String body, long startedAt, long millis) {
    private static final int SUCCESS = 200;
    private static final int REDIRECTS = 300;

    Answer {
        sent = Map.copyOf(sent);
        headers = Map.copyOf(headers);
    }

    /** Whether the receiver took it. A redirect is not followed: it is no success. */
    boolean arrived() {
        return status >= SUCCESS && status < REDIRECTS;
    }

    /** What logs call it. */
    String statusText() {
        return status == 0 ? "internal error" : Integer.toString(status);
    }

    /** What went wrong, in few words. */
    String failure() {
        return status == 0 ? body : "HTTP " + status;
    }
}
