package dev.granary.workitems;

import dev.granary.kernel.Caller;
import dev.granary.kernel.Scope;
import dev.granary.projects.SettingAccess;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Shows and changes the settings about work items. */
@Service
public class E2eSettingService {
    private final E2eSettings settings;
    private final SettingAccess access;
    private final TransactionTemplate transaction;

    E2eSettingService(E2eSettings settings, SettingAccess access, TransactionTemplate transaction) {
        this.settings = settings;
        this.access = access;
        this.transaction = transaction;
    }

    E2eSetting showProject(Caller caller, String uuid) {
        return settings.of(access.requireToSee(caller, uuid));
    }

    E2eSetting showGroup(Caller caller, long id) {
        return settings.of(access.requireToSee(caller, new Scope.Group(id)));
    }

    /**
     * A repository's setting.
     *
     * @param takeEffect false: what it says for itself; otherwise what counts for it
     */
    public E2eSetting showRepository(Caller caller, long id, @Nullable Boolean takeEffect) {
        var scope = access.requireToSee(caller, new Scope.Repository(id));
        return Boolean.FALSE.equals(takeEffect) ? settings.own(scope) : settings.of(scope);
    }

    E2eSetting updateProject(Caller caller, String uuid, NewE2eSetting change) {
        return update(access.requireToChange(caller, uuid), change);
    }

    /** Changes what a scope says for itself. */
    public E2eSetting update(Caller caller, Scope scope, NewE2eSetting change) {
        return update(access.requireToChange(caller, scope), change);
    }

    private E2eSetting update(Scope scope, NewE2eSetting change) {
        var names = scope instanceof Scope.Repository;
        return Objects.requireNonNull(
                transaction.execute(_ -> settings.change(scope, old -> change.changed(old, names))));
    }
}
