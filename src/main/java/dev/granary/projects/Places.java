package dev.granary.projects;

import dev.granary.kernel.Scope;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Where clone addresses lead: {@code project/group/…/name}, whatever the case. A path belongs to one group or repository;
 * one that moved keeps leading to it until somebody else takes its name. All changes run in the caller's transaction.
 */
@Component
public class Places {
    private final PlaceStore store;

    Places(PlaceStore store) {
        this.store = store;
    }

    /**
     * What a path leads to: a group or a repository.
     *
     * @param moved whether that is elsewhere by now
     */
    public record Place(@Nullable Long groupId, @Nullable Long repositoryId, boolean moved) {}

    /** Where a path leads. */
    public Optional<Place> find(String path) {
        return store.find(key(path));
    }

    /** Whether something is at the path now. */
    public boolean isTaken(String path) {
        return find(path).filter(place -> !place.moved()).isPresent();
    }

    /** Takes the path for a repository; false when something is there. */
    public boolean claim(String path, Scope.Repository repository) {
        return store.claim(key(path), null, repository.id());
    }

    /** Takes the path for a group; false when something is there. */
    public boolean claim(String path, Scope.Group group) {
        return store.claim(key(path), group.id(), null);
    }

    /** Takes another path for a repository; the old ones lead there from now on. False when something is there. */
    public boolean move(Scope.Repository repository, String path) {
        store.leave(repository.id());
        return claim(path, repository);
    }

    /**
     * Takes another path for a group, and with it for everything below; the old ones lead there from now on. False when
     * something is there.
     */
    boolean move(Scope.Group group, String from, String to) {
        return key(from).equals(key(to)) || store.move(group.id(), key(from), key(to));
    }

    /** Frees every path that leads to a repository. */
    public void release(Scope.Repository repository) {
        store.release(repository.id());
    }

    /** The form in which paths are compared. */
    static String key(String path) {
        return path.toLowerCase(Locale.ROOT);
    }
}
