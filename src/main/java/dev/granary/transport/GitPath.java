package dev.granary.transport;

import dev.granary.repositories.HostedRepository;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;

/**
 * A repository's place in a clone address.
 *
 * @param group everything before the last slash
 * @param name the last segment, without {@code .git}
 */
record GitPath(String group, String name) {
    private static final int LONGEST = 2000;

    /** The whole path, without {@code .git}. */
    String full() {
        return group + "/" + name;
    }

    /** Whether the repository is there now; otherwise it has moved, and the path only leads to it. */
    boolean isPlaceOf(HostedRepository repository) {
        return full().equalsIgnoreCase(repository.fullPath());
    }

    /** Reads {@code /group/name.git}; the first slash and {@code .git} may be missing. Empty when it cannot be one. */
    static Optional<GitPath> of(String text) {
        var path = text.startsWith("/") ? text.substring(1) : text;
        if (path.endsWith("/")) {
            path = path.substring(0, path.length() - 1);
        }
        if (path.endsWith(Constants.DOT_GIT_EXT)) {
            path = path.substring(0, path.length() - Constants.DOT_GIT_EXT.length());
        }
        var slash = path.lastIndexOf('/');
        if (slash < 1 || slash == path.length() - 1 || path.length() > LONGEST) {
            return Optional.empty();
        }
        if (path.chars().anyMatch(Character::isISOControl)) {
            return Optional.empty();
        }
        return Optional.of(new GitPath(path.substring(0, slash), path.substring(slash + 1)));
    }
}
