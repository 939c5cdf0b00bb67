package dev.granary.projects;

import dev.granary.kernel.Caller;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Scope;
import dev.granary.projects.Inheritance.Mode;
import dev.granary.projects.InheritanceStore.GroupFacts;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** What scopes say about inheriting settings, and where values come from. */
@Service
class SettingInheritanceService {
    /** The kinds that the answers about repositories know. */
    private static final List<SettingKind> OF_REPOSITORIES = Arrays.stream(SettingKind.values())
            .filter(kind -> kind != SettingKind.WEBHOOK_SETTINGS && kind != SettingKind.DEPLOY_KEYS)
            .toList();

    private final Inheritance inheritance;
    private final InheritanceStore store;
    private final SettingAccess access;
    private final TransactionTemplate transaction;

    SettingInheritanceService(
            Inheritance inheritance, InheritanceStore store, SettingAccess access, TransactionTemplate transaction) {
        this.inheritance = inheritance;
        this.store = store;
        this.access = access;
        this.transaction = transaction;
    }

    /**
     * What a scope says, or is to say, about a kind of setting.
     *
     * @param name the {@link SettingKind#key()}
     * @param inheritMod the {@link Mode#key()}
     */
    record SettingMode(@Nullable String name, @Nullable String inheritMod) {}

    /** What scopes are to say; kinds that are not named stay as they are. */
    record NewModes(@Nullable List<@Nullable SettingMode> data) {}

    /**
     * Whose values count; the project's where it takes those of the account.
     *
     * @param editable whether nothing above forces its values on who asked
     */
    record Source(Scope scope, boolean editable) {}

    /** A group with all its modes. */
    record GroupModes(GroupFacts group, Map<SettingKind, Mode> modes, boolean mayChange) {}

    List<SettingMode> showProject(Caller caller, String uuid) {
        return listed(access.requireToSee(caller, uuid));
    }

    List<SettingMode> show(Caller caller, Scope scope) {
        return listed(access.requireToSee(caller, scope));
    }

    GroupModes showGroup(Caller caller, long id) {
        var scope = access.requireToSee(caller, new Scope.Group(id));
        return new GroupModes(group(id), inheritance.modes(scope), access.mayChange(caller, scope));
    }

    GroupFacts group(long id) {
        return store.group(id).orElseThrow(() -> new Problem(ErrorCode.GROUP_NOT_FOUND));
    }

    /**
     * Where the values of a scope come from.
     *
     * @param field what the kind is called on the wire
     */
    Source source(Caller caller, Scope scope, String field, @Nullable String kind) {
        access.requireToSee(caller, scope);
        var asked = SettingKind.ofKey(field, kind);
        return new Source(inheritance.sourceBelowAccount(scope, asked), !inheritance.isForced(scope, asked));
    }

    List<SettingMode> updateProject(Caller caller, String uuid, NewModes modes) {
        return update(access.requireToChange(caller, uuid), modes, EnumSet.of(Mode.FORCE_INHERIT, Mode.CUSTOM));
    }

    List<SettingMode> updateAccount(Caller caller, NewModes modes) {
        var account = access.requireToChange(caller, new Scope.Account());
        return update(account, modes, EnumSet.of(Mode.FORCE_INHERIT, Mode.CUSTOM));
    }

    List<SettingMode> updateGroup(Caller caller, long id, NewModes modes) {
        return update(access.requireToChange(caller, new Scope.Group(id)), modes, EnumSet.allOf(Mode.class));
    }

    List<SettingMode> updateRepository(Caller caller, long id, NewModes modes) {
        return update(
                access.requireToChange(caller, new Scope.Repository(id)), modes, EnumSet.of(Mode.INHERIT, Mode.CUSTOM));
    }

    /** Of what is forced from above only {@link Mode#CUSTOM} is refused: the rest changes nothing, and is not kept. */
    private List<SettingMode> update(Scope scope, NewModes modes, Set<Mode> allowed) {
        var asked = checked(modes, allowed);
        transaction.executeWithoutResult(_ -> {
            inheritance.changed(scope);
            var free = new EnumMap<SettingKind, Mode>(SettingKind.class);
            asked.forEach((kind, mode) -> {
                if (!inheritance.isForced(scope, kind)) {
                    free.put(kind, mode);
                } else if (mode == Mode.CUSTOM) {
                    throw new Problem(ErrorCode.SETTING_FORCED, kind.key());
                }
            });
            inheritance.setModes(scope, free);
        });
        return listed(scope);
    }

    private static Map<SettingKind, Mode> checked(NewModes modes, Set<Mode> allowed) {
        var data = modes.data();
        if (data == null || data.isEmpty()) {
            throw Problem.invalid("data", "required");
        }
        if (data.size() > SettingKind.values().length) {
            throw Problem.invalid("data", "maximum-count", SettingKind.values().length);
        }
        var checked = new EnumMap<SettingKind, Mode>(SettingKind.class);
        for (var entry : data) {
            if (entry == null) {
                throw Problem.invalid("data", "required");
            }
            checked.put(SettingKind.ofKey("name", entry.name()), mode(entry.inheritMod(), allowed));
        }
        return checked;
    }

    private static Mode mode(@Nullable String key, Set<Mode> allowed) {
        return allowed.stream()
                .filter(mode -> mode.key().equals(key))
                .findFirst()
                .orElseThrow(() -> Problem.invalid(
                        "inherit_mod", "one-of", allowed.stream().map(Mode::key).collect(Collectors.joining(", "))));
    }

    /** Projects and groups either force their values or do not; the answers know no more. */
    private List<SettingMode> listed(Scope scope) {
        var modes = inheritance.modes(scope);
        var ofRepository = scope instanceof Scope.Repository;
        return (ofRepository ? OF_REPOSITORIES : List.of(SettingKind.values()))
                .stream()
                        .map(kind -> {
                            var mode = Objects.requireNonNull(modes.get(kind));
                            var shown = mode == Mode.INHERIT && !ofRepository ? Mode.CUSTOM : mode;
                            return new SettingMode(kind.key(), shown.key());
                        })
                        .toList();
    }
}
