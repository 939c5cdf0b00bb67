package dev.granary.transport;

import dev.granary.access.Permission;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a Git client can ask of the server. */
enum GitCommand {
    /** Clone, fetch, list refs. */
    UPLOAD_PACK(Permission.DOWNLOAD),
    /** Push. */
    RECEIVE_PACK(Permission.COMMIT);

    private final Permission permission;

    GitCommand(Permission permission) {
        this.permission = permission;
    }

    /** The command of a name such as {@code git-upload-pack}. */
    static Optional<GitCommand> ofWireName(String name) {
        return Arrays.stream(values())
                .filter(command -> command.wireName().equals(name))
                .findFirst();
    }

    /** The name in URLs and SSH commands, for example {@code git-upload-pack}. */
    String wireName() {
        return "git-" + metricName();
    }

    /** The name in metrics, for example {@code upload-pack}. */
    String metricName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What the caller needs to get in; single refs need more. */
    Permission permission() {
        return permission;
    }
}
