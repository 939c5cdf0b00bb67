package dev.granary.mirrors;

import dev.granary.kernel.Times;
import java.net.URI;
import java.util.Objects;

/**
 * Stored credentials for another server. The secret itself is only ever used, never shown.
 *
 * @param url what addresses must begin with for the credentials to be sent there
 * @param kind {@code password} or {@code ssh_key}
 */
public record Endpoint(
        long id, String uuid, long projectId, String name, String url, String kind, long createdAt, long updatedAt) {

    /** As the answers show it. */
    record Shown(String endpointUuid, String name, String url, String type, String createdAt, String updatedAt) {}

    Shown shown() {
        return new Shown(uuid, name, url, kind, Times.v4(createdAt), Times.v4(updatedAt));
    }

    /** Whether the credentials may be sent to an address: whoever may set a mirror's must not lead them elsewhere. */
    boolean covers(String address) {
        var mine = URI.create(url);
        var other = URI.create(address);
        var path = Objects.requireNonNullElse(mine.getPath(), "").replaceFirst("/+$", "");
        var otherPath = Objects.requireNonNullElse(other.normalize().getPath(), "");
        return mine.getScheme().equalsIgnoreCase(other.getScheme())
                && mine.getHost().equalsIgnoreCase(other.getHost())
                && mine.getPort() == other.getPort()
                && (path.isEmpty() || otherPath.equals(path) || otherPath.startsWith(path + "/"));
    }
}
