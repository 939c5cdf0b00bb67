package dev.granary.access;

import static dev.granary.access.Permission.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.granary.identity.UserAccount;
import dev.granary.kernel.Caller;
import dev.granary.kernel.Caller.Grant;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Scope;
import dev.granary.projects.Inheritance;
import dev.granary.projects.Project;
import dev.granary.projects.ProjectService;
import dev.granary.repositories.RepositoryService;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.Groups;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.TestDatabase;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Every decision, against a table written from the product's documentation and not from the code. */
@OnBothDatabases
@Order(1)
class AccessServiceTest {
    private static final List<Role> ROLES = List.of(Role.values());
    private static final Set<Permission> NOTHING = EnumSet.noneOf(Permission.class);

    /** The roles of the letters of the matrix. */
    private static final Map<Role, String> LETTERS = Map.of(
            Role.PROJECT_MANAGER, "M",
            Role.COMMITTER, "C",
            Role.DEVELOPER, "D",
            Role.SYSTEM_ENGINEER, "S",
            Role.PRODUCT_MANAGER, "R",
            Role.TEST_MANAGER, "E",
            Role.OPERATION_MANAGER, "O",
            Role.TESTER, "T",
            Role.PARTICIPANT, "P",
            Role.VIEWER, "V");

    /** The roles that are tried together with each other. */
    private static final List<Role> SOME_ROLES =
            List.of(Role.VIEWER, Role.DEVELOPER, Role.COMMITTER, Role.PROJECT_MANAGER);

    /** Who may do what by default, and who may be given it besides. */
    private static final Map<Permission, String> MATRIX = new EnumMap<>(Map.ofEntries(
            Map.entry(PROJECT_VIEW, "MCDSREOTPV"),
            Map.entry(GROUP_VIEW, "MCDSREOTPV"),
            Map.entry(PROJECT_MANAGE, "M"),
            Map.entry(REPOSITORY_CREATE, "MCDS+REOT"),
            Map.entry(VIEW, "MCDSREOTPV"),
            Map.entry(DOWNLOAD, "MCDS+REOTP"),
            Map.entry(COMMIT, "MCDS+REOT"),
            Map.entry(BRANCH_CREATE, "MCDS+REOT"),
            Map.entry(BRANCH_DELETE, "MCDS+REOT"),
            Map.entry(TAG_CREATE, "MCDS+REOT"),
            Map.entry(TAG_DELETE, "M+CDSREO"),
            Map.entry(FORK, "MCDS+REOTP"),
            Map.entry(REPOSITORY_DELETE, "M"),
            Map.entry(REPOSITORY_SETTINGS, "M"),
            Map.entry(MEMBER_CREATE, "M"),
            Map.entry(MEMBER_UPDATE, "M"),
            Map.entry(MEMBER_DELETE, "M"),
            Map.entry(MERGE_REQUEST_CREATE, "MCDS+REOT"),
            Map.entry(MERGE_REQUEST_COMMENT, "MCDS+REOTPV"),
            Map.entry(MERGE_REQUEST_REVIEW, "MCDS+REOTPV"),
            Map.entry(MERGE_REQUEST_EDIT, "MC+DSREO"),
            Map.entry(MERGE_REQUEST_APPROVE, "MC+DSREO"),
            Map.entry(MERGE_REQUEST_MERGE, "MC+DSREO"),
            Map.entry(MERGE_REQUEST_CLOSE, "MC+DSREO"),
            Map.entry(MERGE_REQUEST_REOPEN, "MC+DSREO"),
            Map.entry(LABEL_CREATE, "MCDS+REOT"),
            Map.entry(LABEL_UPDATE, "MCDS+REOT"),
            Map.entry(LABEL_DELETE, "MCDS+REOT")));

    /** The permissions that tokens limited to repositories may use; all others need {@code api}. */
    private static final Set<Permission> READING = EnumSet.of(VIEW, DOWNLOAD);

    private static final Set<Permission> WRITING =
            EnumSet.of(VIEW, DOWNLOAD, COMMIT, BRANCH_CREATE, BRANCH_DELETE, TAG_CREATE, TAG_DELETE);

    private final GranaryServer server;
    private final AccessService access;
    private final UserAccount owner;
    private final Project project;

    AccessServiceTest(TestDatabase database) {
        server = GranaryServer.shared(database);
        access = server.bean(AccessService.class);
        owner = server.newUser("owner");
        project = server.bean(ProjectService.class)
                .create(server.caller(owner.name()), GranaryServer.unique("access"), "", "scrum");
    }

    private static Set<Permission> matrix(@Nullable Role role) {
        var permissions = EnumSet.noneOf(Permission.class);
        if (role != null) {
            var letter = LETTERS.get(role);
            MATRIX.forEach((permission, roles) -> {
                if (roles.split("\\+")[0].contains(letter)) {
                    permissions.add(permission);
                }
            });
        }
        return permissions;
    }

    @Test
    void everyPermissionHasALineInTheTable() {
        assertThat(MATRIX.keySet()).containsExactlyInAnyOrder(Permission.values());
    }

    @Test
    void projectsFollowTheRoles() {
        var scope = new Scope.Project(project.id());
        for (var role : ROLES) {
            assertThat(access.permissions(member(role), scope)).as("%s", role).isEqualTo(matrix(role));
        }
        assertThat(access.permissions(user("stranger"), scope)).isEmpty();
        assertThat(access.permissions(Caller.ANONYMOUS, scope)).isEmpty();
        assertThat(access.permissions(deployKey(Map.of(1L, true)), scope)).isEmpty();
        assertThat(access.permissions(server.admin(), scope)).containsExactlyInAnyOrder(Permission.values());
        assertThat(access.permissions(server.admin(), new Scope.Project(2147483647)))
                .isEmpty();
    }

    /** Role in the project × role in the repository × visibility × inherited members. */
    @Test
    void repositoriesFollowRolesVisibilityAndInheritance() {
        var projectRoles = new ArrayList<@Nullable Role>(SOME_ROLES);
        projectRoles.add(null);
        var expected = new LinkedHashMap<String, Set<Permission>>();
        var actual = new LinkedHashMap<String, Set<Permission>>();
        var callers = new LinkedHashMap<String, Caller.User>();
        var own = new HashMap<String, @Nullable Role>();
        var inherited = new HashMap<String, @Nullable Role>();
        for (var projectRole : projectRoles) {
            for (var repositoryRole : projectRoles) {
                var name = projectRole + "/" + repositoryRole;
                callers.put(name, projectRole == null ? user("outsider") : member(projectRole));
                inherited.put(name, projectRole);
                own.put(name, repositoryRole);
            }
        }
        for (var visibility : Visibility.values()) {
            for (var inherits : List.of(true, false)) {
                var scope = repository(visibility, inherits);
                callers.forEach((name, caller) -> {
                    var repositoryRole = own.get(name);
                    if (repositoryRole != null) {
                        assign(scope, caller, repositoryRole);
                    }
                    var key = name + " " + visibility + " " + inherits;
                    expected.put(key, expected(visibility, inherits, inherited.get(name), repositoryRole));
                    actual.put(key, access.permissions(caller, scope));
                });
            }
        }
        assertThat(actual).hasSize(5 * 5 * 3 * 2).isEqualTo(expected);
    }

    private static Set<Permission> expected(
            Visibility visibility, boolean inherits, @Nullable Role inProject, @Nullable Role inRepository) {
        var permissions = EnumSet.copyOf(matrix(inRepository));
        if (inherits || inProject == Role.PROJECT_MANAGER) {
            permissions.addAll(matrix(inProject));
        }
        if (visibility == Visibility.PROJECT) {
            var reading = matrix(inProject);
            reading.retainAll(READING);
            permissions.addAll(reading);
        }
        if (visibility == Visibility.PUBLIC) {
            permissions.addAll(EnumSet.of(VIEW, DOWNLOAD, FORK));
        }
        return permissions;
    }

    @Test
    void callersWithoutRolesSeeWhatIsPublic() {
        for (var visibility : Visibility.values()) {
            var scope = repository(visibility, true);
            var reading = visibility == Visibility.PUBLIC ? READING : NOTHING;
            assertThat(access.permissions(Caller.ANONYMOUS, scope)).isEqualTo(reading);
            assertThat(access.permissions(deployKey(Map.of(scope.id() + 1, true)), scope))
                    .isEqualTo(reading);
            assertThat(access.permissions(deployKey(Map.of(scope.id(), false)), scope))
                    .isEqualTo(READING);
            assertThat(access.permissions(deployKey(Map.of(scope.id(), true)), scope))
                    .containsExactlyInAnyOrder(VIEW, DOWNLOAD, COMMIT, BRANCH_CREATE, BRANCH_DELETE, TAG_CREATE);
            assertThat(access.permissions(server.admin(), scope)).containsExactlyInAnyOrder(Permission.values());
        }
    }

    @Test
    void nobodyReachesDeletedRepositories() {
        var scope = repository(Visibility.PUBLIC, true);
        delete(scope);
        for (var caller :
                List.of(Caller.ANONYMOUS, server.admin(), caller(owner), deployKey(Map.of(scope.id(), true)))) {
            assertThat(access.permissions(caller, scope)).isEmpty();
        }
    }

    @Test
    void tokensNarrowTheirUsers() {
        var scope = repository(Visibility.PRIVATE, true);
        for (var role : ROLES) {
            var caller = member(role);
            for (var grants : List.of(
                    Set.<Grant>of(),
                    Set.of(Grant.READ_REPOSITORY),
                    Set.of(Grant.WRITE_REPOSITORY),
                    Set.of(Grant.API),
                    Caller.User.ALL_GRANTS)) {
                var expected = matrix(role);
                if (!grants.contains(Grant.API)) {
                    expected.retainAll(
                            grants.contains(Grant.WRITE_REPOSITORY) ? WRITING : grants.isEmpty() ? NOTHING : READING);
                }
                assertThat(access.permissions(with(caller, grants), scope))
                        .as("%s %s", role, grants)
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void saysWhatEachCallerMayKnow() {
        var hidden = repository(Visibility.PRIVATE, true);
        var open = repository(Visibility.PUBLIC, true);
        var viewer = member(Role.VIEWER);
        var manager = with(caller(owner), Set.of(Grant.READ_REPOSITORY));

        refuses(Caller.ANONYMOUS, hidden, VIEW, ErrorCode.UNAUTHENTICATED);
        refuses(Caller.ANONYMOUS, open, COMMIT, ErrorCode.UNAUTHENTICATED);
        refuses(user("stranger"), hidden, VIEW, ErrorCode.REPOSITORY_NOT_FOUND);
        refuses(user("stranger"), new Scope.Repository(2147483647), VIEW, ErrorCode.REPOSITORY_NOT_FOUND);
        refuses(user("stranger"), open, COMMIT, ErrorCode.FORBIDDEN);
        refuses(viewer, hidden, DOWNLOAD, ErrorCode.FORBIDDEN);
        refuses(deployKey(Map.of(hidden.id(), false)), hidden, COMMIT, ErrorCode.FORBIDDEN);
        refuses(deployKey(Map.of()), hidden, VIEW, ErrorCode.REPOSITORY_NOT_FOUND);
        refuses(manager, hidden, COMMIT, ErrorCode.TOKEN_SCOPE);
        refuses(manager, new Scope.Project(project.id()), PROJECT_VIEW, ErrorCode.TOKEN_SCOPE);
        refuses(user("stranger"), new Scope.Project(project.id()), PROJECT_VIEW, ErrorCode.PROJECT_NOT_FOUND);
        access.require(viewer, hidden, VIEW);
        access.require(manager, hidden, DOWNLOAD);
    }

    @Test
    void operationsOnOneselfNeedAPersonAndTheApiGrant() {
        var user = user("self");
        assertThat(access.requireUser(user)).isEqualTo(user);
        fails(() -> access.requireUser(Caller.ANONYMOUS), ErrorCode.UNAUTHENTICATED);
        fails(() -> access.requireUser(deployKey(Map.of())), ErrorCode.UNAUTHENTICATED);
        fails(
                () -> access.requireUser(with(user, Set.of(Grant.READ_REPOSITORY, Grant.WRITE_REPOSITORY))),
                ErrorCode.TOKEN_SCOPE);
        fails(() -> access.requireAdministrator(user), ErrorCode.FORBIDDEN);
        fails(() -> access.requireAdministrator(with(server.admin(), Set.of())), ErrorCode.TOKEN_SCOPE);
        access.requireAdministrator(server.admin());
    }

    @Test
    void listsShowExactlyWhatMayBeViewed() {
        var scopes = new ArrayList<Scope.Repository>();
        for (var visibility : Visibility.values()) {
            scopes.add(repository(visibility, true));
            scopes.add(repository(visibility, false));
        }
        var deleted = repository(Visibility.PUBLIC, true);
        delete(deleted);
        scopes.add(deleted);
        var guest = user("guest");
        assign(scopes.getFirst(), guest, Role.VIEWER);
        assign(deleted, guest, Role.VIEWER);
        var callers = new ArrayList<Caller>(
                List.of(Caller.ANONYMOUS, deployKey(Map.of()), server.admin(), caller(owner), user("stranger"), guest));
        ROLES.forEach(role -> callers.add(member(role)));

        for (var caller : callers) {
            var listed = server.bean(JdbcClient.class)
                    .sql("SELECT r.id FROM repository r WHERE r.id IN (:ids) AND " + Visible.REPOSITORIES)
                    .params(Visible.parameters(caller))
                    .param("ids", scopes.stream().map(Scope.Repository::id).toList())
                    .query(Long.class)
                    .set();
            var allowed = new TreeMap<Long, Boolean>();
            scopes.forEach(scope -> allowed.put(scope.id(), access.allows(caller, scope, VIEW)));
            var shown = new TreeMap<Long, Boolean>();
            scopes.forEach(scope -> shown.put(scope.id(), listed.contains(scope.id())));
            assertThat(shown).as(caller.label()).isEqualTo(allowed);
        }
    }

    @Test
    void cellsThatMayBeGivenOrTakenAreThoseOfTheTable() {
        for (var role : ROLES) {
            for (var permission : Permission.values()) {
                var cell = role.cell(permission);
                var row = Objects.requireNonNull(MATRIX.get(permission), permission::name);
                assertThat(cell.isHeld() || cell.isEditable())
                        .as("%s %s", role, permission)
                        .isEqualTo(row.contains(LETTERS.get(role)));
            }
        }
        assertThat(List.of(Role.COMMITTER, Role.DEVELOPER))
                .allSatisfy(role -> assertThat(List.of(COMMIT, DOWNLOAD))
                        .allSatisfy(
                                permission -> assertThat(role.cell(permission)).isEqualTo(Cell.FIXED)));
    }

    /** Where a role is given × to whom × whether the repository inherits its members. */
    @Test
    void rolesAreGivenAtEachLevelToUsersAndUserGroups() {
        var outer = Groups.create(server.asAdmin(), project.uuid(), null);
        var inner = Groups.create(server.asAdmin(), project.uuid(), outer);
        var beside = Groups.create(server.asAdmin(), project.uuid(), null);
        var within = repository(Visibility.PRIVATE, true);
        var alone = repository(Visibility.PRIVATE, false);
        var elsewhere = repository(Visibility.PRIVATE, true);
        Groups.move(server.asAdmin(), within, inner);
        Groups.move(server.asAdmin(), alone, inner);
        Groups.move(server.asAdmin(), elsewhere, beside);
        var scopes = List.of(new Scope.Project(project.id()), outer, inner, within, alone);
        for (var given : scopes) {
            for (var role : SOME_ROLES) {
                for (var byUserGroup : List.of(false, true)) {
                    var caller = user("given");
                    give(given, caller, role, byUserGroup);
                    var as = given + " " + role + " " + byUserGroup;
                    var above = given instanceof Scope.Repository ? null : role;
                    var inherited = above == Role.PROJECT_MANAGER ? role : null;
                    var own = given.equals(alone) ? role : inherited;
                    var everywhere = given instanceof Scope.Project ? role : null;
                    var inGroup = given instanceof Scope.Repository ? null : role;
                    assertThat(access.permissions(caller, within))
                            .as("within %s", as)
                            .isEqualTo(matrix(given.equals(within) ? role : above));
                    assertThat(access.permissions(caller, alone))
                            .as("alone %s", as)
                            .isEqualTo(matrix(own));
                    assertThat(access.permissions(caller, elsewhere))
                            .as("elsewhere %s", as)
                            .isEqualTo(matrix(everywhere));
                    assertThat(access.permissions(caller, inner))
                            .as("inner %s", as)
                            .isEqualTo(matrix(inGroup));
                    assertThat(access.permissions(caller, outer))
                            .as("outer %s", as)
                            .isEqualTo(matrix(given.equals(inner) ? null : inGroup));
                    assertThat(access.permissions(caller, beside))
                            .as("beside %s", as)
                            .isEqualTo(matrix(everywhere));
                    listsAgree(caller, List.of(within, alone, elsewhere), List.of(outer, inner, beside));
                }
            }
        }
        assertThat(access.permissions(server.admin(), inner)).containsExactlyInAnyOrder(Permission.values());
        assertThat(access.permissions(Caller.ANONYMOUS, inner)).isEmpty();
        refuses(user("stranger"), inner, PROJECT_VIEW, ErrorCode.GROUP_NOT_FOUND);
        refuses(user("stranger"), new Scope.Group(2147483647), PROJECT_VIEW, ErrorCode.GROUP_NOT_FOUND);
        refuses(Caller.ANONYMOUS, inner, PROJECT_VIEW, ErrorCode.UNAUTHENTICATED);
    }

    private void listsAgree(Caller caller, List<Scope.Repository> repositories, List<Scope.Group> groups) {
        assertThat(listed("repository r", "r.id", Visible.REPOSITORIES, caller, repositories))
                .isEqualTo(allowed(caller, VIEW, repositories));
        assertThat(listed("code_group g", "g.id", Visible.GROUPS, caller, groups))
                .isEqualTo(allowed(caller, GROUP_VIEW, groups));
        var projects = List.of(new Scope.Project(project.id()));
        assertThat(listed("project p", "p.id", Visible.PROJECTS, caller, projects))
                .isEqualTo(allowed(caller, PROJECT_VIEW, projects));
    }

    private Set<Long> listed(String table, String id, String condition, Caller caller, List<? extends Scope> scopes) {
        return server.bean(JdbcClient.class)
                .sql("SELECT " + id + " FROM " + table + " WHERE " + id + " IN (:ids) AND " + condition)
                .params(Visible.parameters(caller))
                .param("ids", scopes.stream().map(Scope::id).toList())
                .query(Long.class)
                .set();
    }

    private Set<Long> allowed(Caller caller, Permission permission, List<? extends Scope> scopes) {
        return scopes.stream()
                .filter(scope -> access.allows(caller, scope, permission))
                .map(Scope::id)
                .collect(java.util.stream.Collectors.toSet());
    }

    /** Who changed the matrix × who takes it from above: the nearest that did, and does not, counts. */
    @Test
    void theNearestMatrixOfItsOwnCounts() {
        var outer = Groups.create(server.asAdmin(), project.uuid(), null);
        var inner = Groups.create(server.asAdmin(), project.uuid(), outer);
        var scope = repository(Visibility.PRIVATE, true);
        Groups.move(server.asAdmin(), scope, inner);
        var developer = member(Role.DEVELOPER);
        var tester = member(Role.TESTER);
        var projectScope = new Scope.Project(project.id());

        change(projectScope, Role.DEVELOPER, Map.of(TAG_DELETE, true));
        assertThat(access.permissions(developer, scope)).isEqualTo(with(Role.DEVELOPER, TAG_DELETE));
        assertThat(access.permissions(developer, inner)).contains(TAG_DELETE);
        inherit(outer, false);
        change(outer, Role.DEVELOPER, Map.of(TAG_DELETE, false, MERGE_REQUEST_MERGE, true));
        change(outer, Role.TESTER, Map.of(DOWNLOAD, true));
        assertThat(access.permissions(developer, scope)).isEqualTo(with(Role.DEVELOPER, MERGE_REQUEST_MERGE));
        assertThat(access.permissions(developer, projectScope)).contains(TAG_DELETE);
        inherit(scope, false);
        assertThat(access.permissions(developer, scope)).isEqualTo(with(Role.DEVELOPER, MERGE_REQUEST_MERGE));
        change(scope, Role.DEVELOPER, Map.of(BRANCH_DELETE, false, MERGE_REQUEST_MERGE, false));
        var less = matrix(Role.DEVELOPER);
        less.remove(BRANCH_DELETE);
        assertThat(access.permissions(developer, scope)).isEqualTo(less);
        assertThat(access.permissions(tester, scope))
                .as("a role that the nearest scope did not change")
                .isEqualTo(with(Role.TESTER, DOWNLOAD));
        inherit(scope, true);
        inherit(outer, true);
        assertThat(access.permissions(developer, scope)).isEqualTo(with(Role.DEVELOPER, TAG_DELETE));
        assertThat(access.permissions(tester, scope)).isEqualTo(matrix(Role.TESTER));
        assertThat(access.permissions(developer, repository(Visibility.PROJECT, false)))
                .isEqualTo(READING);
        fails(() -> change(scope, Role.DEVELOPER, Map.of(FORK, false)), ErrorCode.PERMISSIONS_INHERITED);
        fails(() -> change(projectScope, Role.DEVELOPER, Map.of(COMMIT, false)), ErrorCode.PERMISSION_FIXED);
        fails(() -> change(projectScope, Role.VIEWER, Map.of(COMMIT, true)), ErrorCode.PERMISSION_FIXED);
    }

    @Test
    void matricesAreRememberedUntilTheirProjectChanges() {
        var scope = repository(Visibility.PRIVATE, true);
        var developer = member(Role.DEVELOPER);
        assertThat(access.allows(developer, scope, TAG_DELETE)).isFalse();
        var matrix = server.bean(PermissionMatrix.class);
        server.bean(TransactionTemplate.class)
                .executeWithoutResult(
                        _ -> matrix.change(new Scope.Project(project.id()), Role.DEVELOPER, Map.of(TAG_DELETE, true)));
        assertThat(access.allows(developer, scope, TAG_DELETE))
                .as("nothing is asked while the version stays")
                .isFalse();
        server.bean(TransactionTemplate.class)
                .executeWithoutResult(_ -> server.bean(Inheritance.class).changed(scope));
        assertThat(access.allows(developer, scope, TAG_DELETE)).isTrue();
    }

    private static Set<Permission> with(Role role, Permission more) {
        var permissions = matrix(role);
        permissions.add(more);
        return permissions;
    }

    private void change(Scope scope, Role role, Map<Permission, Boolean> cells) {
        server.bean(TransactionTemplate.class).executeWithoutResult(_ -> {
            server.bean(PermissionMatrix.class).change(scope, role, cells);
            server.bean(Inheritance.class).changed(scope);
        });
    }

    private void inherit(Scope scope, boolean inherits) {
        server.bean(TransactionTemplate.class).executeWithoutResult(_ -> {
            server.bean(PermissionMatrix.class).setInherits(scope, inherits);
            server.bean(Inheritance.class).changed(scope);
        });
    }

    /** Gives a user a role, alone or by a user group of its own. */
    private void give(Scope scope, Caller.User user, Role role, boolean byUserGroup) {
        server.bean(TransactionTemplate.class).executeWithoutResult(_ -> {
            if (!byUserGroup) {
                switch (scope) {
                    case Scope.Account _ -> throw new IllegalArgumentException();
                    case Scope.Project at -> access.assign(server.admin().id(), at, user.id(), role);
                    case Scope.Group at -> access.assign(server.admin().id(), at, user.id(), role);
                    case Scope.Repository at -> access.assign(server.admin().id(), at, user.id(), role);
                }
                return;
            }
            var jdbc = server.bean(JdbcClient.class);
            var name = GranaryServer.unique("team");
            var id = jdbc.sql("""
                INSERT INTO user_group (uuid, name, name_key, created_at, updated_at) VALUES (:name, :name, :name, 1, 1)
                RETURNING id
                """).param("name", name).query(Long.class).single();
            jdbc.sql("INSERT INTO user_group_member (user_group_id, user_id, created_at) VALUES (:id, :user, 1)")
                    .param("id", id)
                    .param("user", user.id())
                    .update();
            jdbc.sql("INSERT INTO user_group_role (user_group_id, " + scope.kind()
                            + "_id, role, created_at) VALUES (:id, :scope, :role, 1)")
                    .param("id", id)
                    .param("scope", scope.id())
                    .param("role", role.key())
                    .update();
        });
    }

    @Test
    void levelsAreThoseOfTheWire() {
        assertThat(SOME_ROLES).extracting(Role::level).containsExactly(20, 30, 35, 40);
        assertThat(SOME_ROLES).extracting(Role::legacyLevel).containsExactly(20, 30, 30, 40);
        assertThat(ROLES).extracting(Role::number).containsExactlyInAnyOrder(3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
        assertThat(ROLES).allSatisfy(role -> assertThat(Role.ofKey(role.key())).isEqualTo(role));
    }

    private void refuses(Caller caller, Scope scope, Permission permission, ErrorCode code) {
        assertThat(access.allows(caller, scope, permission)).isFalse();
        fails(() -> access.require(caller, scope, permission), code);
    }

    private static void fails(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, ErrorCode code) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo(code));
    }

    private static Caller.DeployKey deployKey(Map<Long, Boolean> pushByRepository) {
        return new Caller.DeployKey(1, "key", pushByRepository);
    }

    private static Caller.User with(Caller.User user, Set<Grant> grants) {
        return new Caller.User(user.id(), user.uuid(), user.name(), user.email(), user.administrator(), grants);
    }

    private static Caller.User caller(UserAccount user) {
        return user.toCaller(Caller.User.ALL_GRANTS);
    }

    private Caller.User user(String prefix) {
        return caller(server.newUser(prefix));
    }

    private Caller.User member(Role role) {
        var user = user(role.key());
        server.bean(TransactionTemplate.class)
                .executeWithoutResult(
                        _ -> access.assign(server.admin().id(), new Scope.Project(project.id()), user.id(), role));
        return user;
    }

    private void assign(Scope.Repository scope, Caller.User user, Role role) {
        server.bean(TransactionTemplate.class)
                .executeWithoutResult(_ -> access.assign(server.admin().id(), scope, user.id(), role));
    }

    private Scope.Repository repository(Visibility visibility, boolean inherits) {
        var created = server.bean(RepositoryService.class)
                .create(caller(owner), project, GranaryServer.unique("r"), "", visibility.level());
        update("UPDATE repository SET inherits_members = :value WHERE id = :id", created.id(), inherits);
        return new Scope.Repository(created.id());
    }

    private void delete(Scope.Repository scope) {
        update("UPDATE repository SET deleted_at = :value WHERE id = :id", scope.id(), 1L);
    }

    private void update(String sql, long id, Object value) {
        server.bean(TransactionTemplate.class)
                .executeWithoutResult(_ -> server.bean(JdbcClient.class)
                        .sql(sql)
                        .param("value", value)
                        .param("id", id)
                        .update());
    }
}
