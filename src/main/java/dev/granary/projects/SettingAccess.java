package dev.granary.projects;

import dev.granary.access.AccessService;
import dev.granary.access.Permission;
import dev.granary.kernel.Caller;
import dev.granary.kernel.Scope;
import org.springframework.stereotype.Component;

/**
 * Who may see and who may change the settings of projects, groups and repositories. Settings are for people who are
 * signed in, of public repositories, too.
 */
@Component
public class SettingAccess {
    private final AccessService access;

    SettingAccess(AccessService access) {
        this.access = access;
    }

    /** The project with a 32-digit id, if the caller may see its settings. */
    public Scope requireToSee(Caller caller, String projectUuid) {
        access.requireUser(caller);
        return access.requireProject(caller, projectUuid, Permission.PROJECT_VIEW);
    }

    /** The scope, if the caller may see its settings. */
    public Scope requireToSee(Caller caller, Scope scope) {
        access.requireUser(caller);
        access.require(caller, scope, scope instanceof Scope.Repository ? Permission.VIEW : Permission.PROJECT_VIEW);
        return scope;
    }

    /** The project with a 32-digit id, if the caller may change its settings. */
    public Scope requireToChange(Caller caller, String projectUuid) {
        return access.requireProject(caller, projectUuid, Permission.PROJECT_MANAGE);
    }

    /** The scope, if the caller may change its settings. */
    public Scope requireToChange(Caller caller, Scope scope) {
        access.require(caller, scope, toChange(scope));
        return scope;
    }

    /** Whether the caller may change the settings of a scope. */
    public boolean mayChange(Caller caller, Scope scope) {
        return access.allows(caller, scope, toChange(scope));
    }

    private static Permission toChange(Scope scope) {
        return scope instanceof Scope.Repository ? Permission.REPOSITORY_SETTINGS : Permission.PROJECT_MANAGE;
    }
}
