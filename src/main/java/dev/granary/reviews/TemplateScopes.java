package dev.granary.reviews;

import dev.granary.kernel.Scope;

/** Where templates {@code t} count: each scope has its own, and a repository those of all that it is in, too. */
final class TemplateScopes {
    /** Those of a scope itself: {@code scope} and {@code id}. */
    static final String HERE = " WHERE t.scope = :scope AND t.scope_id = :id";

    /** Of the repository {@code id}: its own, and those of all that it is in. */
    static final String AROUND = """
         WHERE ((t.scope = 'repository' AND t.scope_id = :id)
            OR (t.scope = 'group' AND t.scope_id IN (SELECT gp.ancestor_id FROM repository r
              JOIN group_path gp ON gp.group_id = r.group_id WHERE r.id = :id))
            OR (t.scope = 'project' AND t.scope_id = (SELECT r.project_id FROM repository r WHERE r.id = :id)))
        """;

    private TemplateScopes() {}

    /** Those that may be used in a scope. */
    static String usable(Scope scope) {
        return scope instanceof Scope.Repository ? AROUND : HERE;
    }
}
