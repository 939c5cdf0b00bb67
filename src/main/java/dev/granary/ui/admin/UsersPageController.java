package dev.granary.ui.admin;

import dev.granary.access.AccessService;
import dev.granary.identity.UserAdministration;
import dev.granary.identity.UserChange;
import dev.granary.kernel.Slice;
import dev.granary.ui.Forms;
import dev.granary.ui.Forms.Form;
import dev.granary.ui.Redirects;
import dev.granary.ui.Templates;
import dev.granary.ui.Viewer;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/** The users of the installation. */
@Controller
class UsersPageController {
    private static final int ROWS = 30;
    private static final String USERS = "/-/admin/users";
    private static final String TEMPLATE = "admin/users";

    private final UserAdministration users;
    private final AccessService access;
    private final Templates templates;
    private final Forms forms;

    UsersPageController(UserAdministration users, AccessService access, Templates templates, Forms forms) {
        this.users = users;
        this.access = access;
        this.templates = templates;
        this.forms = forms;
    }

    @GetMapping("/-/admin")
    View administration(Viewer viewer) {
        access.requireAdministrator(viewer.caller());
        return Redirects.to(viewer.link(USERS));
    }

    @GetMapping(USERS)
    View users(
            Viewer viewer, @RequestParam(defaultValue = "") String search, @RequestParam(defaultValue = "1") int page) {
        return templates.view(TEMPLATE, viewer, page(viewer, search, page, null));
    }

    @PostMapping(USERS)
    View create(
            Viewer viewer,
            HttpServletResponse response,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String email,
            @RequestParam(defaultValue = "") String password) {
        var wanted = new UserChange(name.strip(), password, email.strip(), null, null, null, null, null);
        return take(viewer, response, () -> users.create(viewer.caller(), wanted));
    }

    /** Changes what is given: whether a user may sign in, administers the installation, or what the password is. */
    @PostMapping(USERS + "/{user}")
    View change(
            Viewer viewer,
            HttpServletResponse response,
            @PathVariable("user") String user,
            @RequestParam(required = false) @Nullable Boolean enabled,
            @RequestParam(required = false) @Nullable Boolean administrator,
            @RequestParam(required = false) @Nullable String password) {
        var change = new UserChange(null, password, null, null, enabled, administrator, null, null);
        return take(viewer, response, () -> users.update(viewer.caller(), user, change));
    }

    private View take(Viewer viewer, HttpServletResponse response, Runnable action) {
        access.requireAdministrator(viewer.caller());
        return forms.take(
                viewer,
                response,
                new Form("admin.saved", viewer.link(USERS), TEMPLATE, failure -> page(viewer, "", 1, failure)),
                action);
    }

    private UsersPage page(Viewer viewer, String search, int page, @Nullable String failure) {
        var number = Math.clamp(page, 1, 1_000_000);
        var slice = new Slice((long) (number - 1) * ROWS, ROWS);
        return new UsersPage(search, users.search(viewer.caller(), search, slice), number, ROWS, failure);
    }
}
