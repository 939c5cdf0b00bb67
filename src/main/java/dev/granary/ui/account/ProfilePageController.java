package dev.granary.ui.account;

import dev.granary.identity.Emails;
import dev.granary.ui.Forms;
import dev.granary.ui.Forms.Form;
import dev.granary.ui.Templates;
import dev.granary.ui.Viewer;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/** Who the reader is, and the address of the reader's commits. */
@Controller
class ProfilePageController {
    private static final String PATH = "/-/profile";
    private static final String TEMPLATE = "account/profile";

    private final Emails emails;
    private final Templates templates;
    private final Forms forms;

    ProfilePageController(Emails emails, Templates templates, Forms forms) {
        this.emails = emails;
        this.templates = templates;
        this.forms = forms;
    }

    @GetMapping(PATH)
    View profile(Viewer viewer, @RequestParam(defaultValue = "") String email) {
        return templates.view(TEMPLATE, viewer, page(viewer, email, null));
    }

    @PostMapping(PATH + "/email-code")
    View sendCode(Viewer viewer, HttpServletResponse response, @RequestParam(defaultValue = "") String email) {
        var address = email.strip();
        return forms.take(
                viewer,
                response,
                new Form(
                        "account.code-sent",
                        viewer.link(PATH + "?email=" + URLEncoder.encode(address, StandardCharsets.UTF_8)),
                        TEMPLATE,
                        failure -> page(viewer, address, failure)),
                () -> emails.sendCode(viewer.caller(), address, viewer.locale()));
    }

    @PostMapping(PATH + "/email")
    View changeEmail(
            Viewer viewer,
            HttpServletResponse response,
            @RequestParam(defaultValue = "") String email,
            @RequestParam(defaultValue = "") String code) {
        return forms.take(
                viewer,
                response,
                new Form("account.saved", viewer.link(PATH), TEMPLATE, failure -> page(viewer, email, failure)),
                () -> emails.update(viewer.caller(), email.strip(), code));
    }

    private ProfilePage page(Viewer viewer, String email, @Nullable String failure) {
        return new ProfilePage(emails.show(viewer.caller()), email, failure);
    }
}
