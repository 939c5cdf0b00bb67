package dev.granary.projects;

import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Scope;
import dev.granary.projects.InheritanceStore.Link;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * Answers which scope's values of a kind of setting count. Nothing is copied downwards, so a change above holds at once.
 *
 * <p>From the top: the first project or group that forces its values. Otherwise a repository with values of its own, or
 * that is said to have such; otherwise the nearest group, then the project, that was given values. Where nobody was, each
 * counts for itself.
 */
@Service
public class Inheritance {
    /** Where the project stands in a chain, below the account: its values count where nobody has any. */
    private static final int PROJECT = 1;

    private final InheritanceStore store;

    Inheritance(InheritanceStore store) {
        this.store = store;
    }

    /** What a scope says about a kind of setting. */
    public enum Mode {
        /** A project or group: everything below takes its values. */
        FORCE_INHERIT,
        /** Has values of its own; what is below a project or group may, too. */
        CUSTOM,
        /** A repository or group: takes the values from above. */
        INHERIT;

        /** The mode's name on the wire and in the database. */
        public String key() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        static Mode ofKey(String key) {
            return valueOf(key.toUpperCase(java.util.Locale.ROOT));
        }
    }

    /** The scope whose values count for another one, which may be itself. */
    public Scope source(Scope scope, SettingKind kind) {
        return source(store.chain(scope), scope, kind);
    }

    /** As {@link #source}, with the project where that takes the account's values: the public API knows no account. */
    Scope sourceBelowAccount(Scope scope, SettingKind kind) {
        var chain = store.chain(scope);
        var source = source(chain, scope, kind);
        return source instanceof Scope.Account && chain.size() > PROJECT
                ? chain.get(PROJECT).scope()
                : source;
    }

    /** {@link #source} for every kind. */
    public Map<SettingKind, Scope> sources(Scope scope) {
        var chain = store.chain(scope);
        var sources = new EnumMap<SettingKind, Scope>(SettingKind.class);
        for (var kind : SettingKind.values()) {
            sources.put(kind, source(chain, scope, kind));
        }
        return sources;
    }

    /** Whether something above forces its values on a scope. */
    public boolean isForced(Scope scope, SettingKind kind) {
        return forcing(above(store.chain(scope)), kind) != null;
    }

    /**
     * What a scope does about every kind: {@link Mode#FORCE_INHERIT} for the account, a project or a group that forces, and for anything
     * that is forced; {@link Mode#INHERIT} for what takes values from above; {@link Mode#CUSTOM} otherwise.
     */
    public Map<SettingKind, Mode> modes(Scope scope) {
        var chain = store.chain(scope);
        var modes = new EnumMap<SettingKind, Mode>(SettingKind.class);
        for (var kind : SettingKind.values()) {
            var forced = forcing(chain, kind) != null;
            var own = source(chain, scope, kind).equals(scope);
            modes.put(kind, forced ? Mode.FORCE_INHERIT : own ? Mode.CUSTOM : Mode.INHERIT);
        }
        return modes;
    }

    /** Sets what a scope says about kinds of settings. Runs in the caller's transaction. */
    public void setModes(Scope scope, Map<SettingKind, Mode> modes) {
        modes.forEach((kind, mode) -> store.setMode(scope, kind, mode));
        changed(scope);
    }

    /**
     * To be called where a scope's own values are about to change, in that transaction: from then on it has some, and
     * everything that was remembered about the project is out of date.
     *
     * @throws Problem {@link ErrorCode#SETTING_INHERITED} when the scope takes its values from above
     */
    public void own(Scope scope, SettingKind kind) {
        if (!source(scope, kind).equals(scope)) {
            throw new Problem(ErrorCode.SETTING_INHERITED, kind.key());
        }
        store.setOwn(scope, kind);
        changed(scope);
    }

    /** Makes everything remembered about the project of a scope out of date. Runs in the caller's transaction. */
    public void changed(Scope scope) {
        store.raiseVersion(scope);
    }

    /**
     * To be called where a scope is deleted for good, in that transaction: its settings, rules and permissions go with
     * it.
     */
    public void forget(Scope scope) {
        store.forget(scope);
    }

    /**
     * To be called where a repository goes from one project to another, in that transaction: what was remembered of it
     * under the number of the one must not pass for true under the same number of the other.
     */
    public void moved(Scope.Project from, Scope.Project to) {
        store.raiseVersions(from, to);
    }

    private static List<Link> above(List<Link> chain) {
        return chain.subList(0, chain.size() - 1);
    }

    private static @Nullable Scope forcing(List<Link> chain, SettingKind kind) {
        for (var link : chain) {
            if (link.mode(kind) == Mode.FORCE_INHERIT) {
                return link.scope();
            }
        }
        return null;
    }

    private static Scope source(List<Link> chain, Scope scope, SettingKind kind) {
        if (chain.isEmpty()) {
            return scope;
        }
        var forcing = forcing(chain, kind);
        if (forcing != null) {
            return forcing;
        }
        var self = chain.getLast();
        var said = self.mode(kind);
        if (said == Mode.CUSTOM || (said == null && self.own(kind))) {
            return scope;
        }
        for (var link : above(chain).reversed()) {
            if (link.own(kind) && link.mode(kind) != Mode.INHERIT) {
                return link.scope();
            }
        }
        return said == Mode.INHERIT ? chain.get(PROJECT).scope() : scope;
    }
}
