package dev.granary.ui.settings;

import dev.granary.access.Permission;
import dev.granary.access.Role;
import dev.granary.kernel.Slice;
import dev.granary.members.Associated;
import dev.granary.members.Member;
import dev.granary.members.MemberFilter;
import dev.granary.members.MembershipService;
import dev.granary.members.Site;
import dev.granary.members.UserGroupRoleService;
import dev.granary.ui.Forms;
import dev.granary.ui.Forms.Form;
import dev.granary.ui.RepositoryPage;
import dev.granary.ui.Templates;
import dev.granary.ui.Viewer;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/** Members of a repository, user groups among them. */
@Controller
@RequestMapping("/-/repositories/{repository}/settings/members")
class MembersPageController {
    private static final int ROWS = 30;
    private static final String TEMPLATE = "settings/members";

    private final MembershipService members;
    private final UserGroupRoleService userGroups;
    private final Templates templates;
    private final Forms forms;

    MembersPageController(
            MembershipService members, UserGroupRoleService userGroups, Templates templates, Forms forms) {
        this.members = members;
        this.userGroups = userGroups;
        this.templates = templates;
        this.forms = forms;
    }

    @GetMapping
    View members(
            Viewer viewer,
            RepositoryPage repository,
            @RequestParam(defaultValue = "") String search,
            @RequestParam(defaultValue = "1") int page) {
        return templates.view(TEMPLATE, viewer, page(viewer, repository, search, page, null));
    }

    private MembersPage page(
            Viewer viewer, RepositoryPage repository, String search, int page, @Nullable String failure) {
        var number = Math.clamp(page, 1, 1_000_000);
        var site = site(viewer, repository, Permission.PROJECT_VIEW);
        var slice = new Slice((long) (number - 1) * ROWS, ROWS);
        return new MembersPage(
                repository,
                site,
                search,
                members.list(site, MemberFilter.of("search", search), slice),
                number,
                ROWS,
                userGroups.list(site, null, new Slice(0, Slice.MAXIMUM)).items(),
                addableGroups(repository, site),
                failure);
    }

    private List<Associated> addableGroups(RepositoryPage repository, Site site) {
        return repository.may(Permission.MEMBER_CREATE)
                ? userGroups.addable(site, new Slice(0, Slice.MAXIMUM)).items()
                : List.of();
    }

    private Site site(Viewer viewer, RepositoryPage repository, Permission permission) {
        return members.requireRepository(
                viewer.caller(), repository.repository().id(), permission);
    }

    /** Who could become a member, for the field that asks for a name. */
    @GetMapping("/candidates")
    View candidates(Viewer viewer, RepositoryPage repository, @RequestParam(defaultValue = "") String name) {
        var found = members.addable(
                site(viewer, repository, Permission.MEMBER_CREATE),
                MemberFilter.of("name", name),
                new Slice(0, Slice.DEFAULT));
        return templates.view(
                "settings/candidates",
                viewer,
                new Candidates(found.items().stream().map(Member::name).toList()));
    }

    @PostMapping
    View add(
            Viewer viewer,
            RepositoryPage repository,
            HttpServletResponse response,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String role) {
        return change(
                viewer,
                repository,
                response,
                Permission.MEMBER_CREATE,
                site -> members.add(viewer.caller(), site, name.strip(), Role.ofNumber("role", role)));
    }

    @PostMapping("/{user}/role")
    View setRole(
            Viewer viewer,
            RepositoryPage repository,
            HttpServletResponse response,
            @PathVariable("user") String user,
            @RequestParam(defaultValue = "") String role) {
        return change(
                viewer,
                repository,
                response,
                Permission.MEMBER_UPDATE,
                site -> members.setRole(viewer.caller(), site, user, Role.ofNumber("role", role)));
    }

    @PostMapping("/{user}/remove")
    View remove(
            Viewer viewer, RepositoryPage repository, HttpServletResponse response, @PathVariable("user") String user) {
        return change(
                viewer,
                repository,
                response,
                Permission.MEMBER_DELETE,
                site -> members.remove(viewer.caller(), site, user));
    }

    @PostMapping("/groups")
    View addGroup(
            Viewer viewer,
            RepositoryPage repository,
            HttpServletResponse response,
            @RequestParam(defaultValue = "") String group,
            @RequestParam(defaultValue = "") String role) {
        return change(
                viewer,
                repository,
                response,
                Permission.MEMBER_CREATE,
                site -> userGroups.setRole(site, group, Role.ofNumber("role", role)));
    }

    @PostMapping("/groups/{group}/role")
    View setGroupRole(
            Viewer viewer,
            RepositoryPage repository,
            HttpServletResponse response,
            @PathVariable("group") String group,
            @RequestParam(defaultValue = "") String role) {
        return change(
                viewer,
                repository,
                response,
                Permission.MEMBER_UPDATE,
                site -> userGroups.setRole(site, group, Role.ofNumber("role", role)));
    }

    @PostMapping("/groups/{group}/remove")
    View removeGroup(
            Viewer viewer,
            RepositoryPage repository,
            HttpServletResponse response,
            @PathVariable("group") String group) {
        return change(
                viewer,
                repository,
                response,
                Permission.MEMBER_DELETE,
                site -> userGroups.remove(viewer.caller(), site, group));
    }

    private View change(
            Viewer viewer,
            RepositoryPage repository,
            HttpServletResponse response,
            Permission permission,
            Consumer<Site> action) {
        var site = site(viewer, repository, permission);
        var form = new Form(
                "settings.saved",
                repository.page("settings/members"),
                TEMPLATE,
                failure -> page(viewer, repository, "", 1, failure));
        return forms.take(viewer, response, form, () -> action.accept(site));
    }
}
