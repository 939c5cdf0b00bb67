package dev.granary.projects;

import dev.granary.kernel.Caller;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Scope;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Whether pages that show code carry the reader's name as a watermark. */
@Service
class WatermarkService {
    private static final Watermark OFF = new Watermark(false);

    private final ScopeSettings settings;
    private final SettingAccess access;
    private final TransactionTemplate transaction;

    WatermarkService(ScopeSettings settings, SettingAccess access, TransactionTemplate transaction) {
        this.settings = settings;
        this.access = access;
        this.transaction = transaction;
    }

    /** What a scope says. */
    record Watermark(boolean watermark) {}

    /** What is to be said. */
    record NewWatermark(@Nullable Boolean watermark) {}

    /** What counts for a project, a group or the account, and whether the caller may change it. */
    record OfScope(boolean watermark, boolean canUpdate) {}

    /** What a repository says for itself, and what counts for it. */
    record OfRepository(boolean watermark, boolean viewWatermark) {}

    OfScope showProject(Caller caller, String uuid) {
        return shown(caller, access.requireToSee(caller, uuid));
    }

    OfScope show(Caller caller, Scope scope) {
        return shown(caller, access.requireToSee(caller, scope));
    }

    OfRepository showRepository(Caller caller, long id) {
        var scope = access.requireToSee(caller, new Scope.Repository(id));
        var own = settings.own(scope, SettingKind.WATERMARK, Watermark.class, OFF);
        return new OfRepository(own.watermark(), of(scope).watermark());
    }

    Watermark updateProject(Caller caller, String uuid, NewWatermark watermark) {
        return update(access.requireToChange(caller, uuid), watermark);
    }

    Watermark update(Caller caller, Scope scope, NewWatermark watermark) {
        return update(access.requireToChange(caller, scope), watermark);
    }

    private OfScope shown(Caller caller, Scope scope) {
        return new OfScope(of(scope).watermark(), access.mayChange(caller, scope));
    }

    private Watermark of(Scope scope) {
        return settings.read(scope, SettingKind.WATERMARK, Watermark.class, OFF);
    }

    private Watermark update(Scope scope, NewWatermark watermark) {
        var shown = watermark.watermark();
        if (shown == null) {
            throw Problem.invalid("watermark", "required");
        }
        return Objects.requireNonNull(transaction.execute(
                _ -> settings.change(scope, SettingKind.WATERMARK, Watermark.class, OFF, _ -> new Watermark(shown))));
    }
}
