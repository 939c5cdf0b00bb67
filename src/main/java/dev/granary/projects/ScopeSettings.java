package dev.granary.projects;

import dev.granary.kernel.Problem;
import dev.granary.kernel.Scope;
import java.time.Clock;
import java.util.function.UnaryOperator;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Settings that are one record a scope, for those whose kind of setting it is. Records are stored as JSON: a component
 * that is added later must be one that may be null.
 */
@Component
public class ScopeSettings {
    private final Inheritance inheritance;
    private final ScopeSettingStore store;
    private final JsonMapper json;
    private final Clock clock;

    ScopeSettings(Inheritance inheritance, ScopeSettingStore store, JsonMapper json, Clock clock) {
        this.inheritance = inheritance;
        this.store = store;
        this.json = json;
        this.clock = clock;
    }

    /**
     * The values that count for a scope, wherever they come from.
     *
     * @param none what counts where nobody has said anything
     */
    public <T extends Record> T read(Scope scope, SettingKind kind, Class<T> type, T none) {
        return own(inheritance.source(scope, kind), kind, type, none);
    }

    /** The values of the scope itself, whether they count or not. */
    public <T extends Record> T own(Scope scope, SettingKind kind, Class<T> type, T none) {
        return store.find(scope, kind)
                .map(content -> json.readValue(content, type))
                .orElse(none);
    }

    /**
     * Changes the values of the scope itself and returns them. Others who do so at the same time wait. Runs in the
     * caller's transaction.
     *
     * @throws Problem as {@link Inheritance#own}
     */
    public <T extends Record> T change(Scope scope, SettingKind kind, Class<T> type, T none, UnaryOperator<T> change) {
        inheritance.own(scope, kind);
        var values = change.apply(own(scope, kind, type, none));
        store.put(scope, kind, json.writeValueAsString(values), clock.millis());
        return values;
    }
}
