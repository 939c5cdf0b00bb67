package dev.granary.ui.account;

import dev.granary.identity.AccessKey;
import dev.granary.identity.AccessKeyService;
import dev.granary.identity.NewPersonalToken;
import dev.granary.identity.PersonalToken;
import dev.granary.identity.PersonalTokenService;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Slice;
import dev.granary.ui.Forms;
import dev.granary.ui.Forms.Form;
import dev.granary.ui.Templates;
import dev.granary.ui.Viewer;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/** The reader's access tokens and access keys. A secret is on the page that answers its making, and nowhere else. */
@Controller
class TokensPageController {
    private static final int ROWS = 30;
    private static final String TOKENS = "/-/profile/tokens";
    private static final String TOKENS_TEMPLATE = "account/tokens";
    private static final String KEYS = "/-/profile/access_keys";
    private static final String KEYS_TEMPLATE = "account/access-keys";

    private final PersonalTokenService tokens;
    private final AccessKeyService keys;
    private final Templates templates;
    private final Forms forms;

    TokensPageController(PersonalTokenService tokens, AccessKeyService keys, Templates templates, Forms forms) {
        this.tokens = tokens;
        this.keys = keys;
        this.templates = templates;
        this.forms = forms;
    }

    @GetMapping(TOKENS)
    View tokens(Viewer viewer, @RequestParam(defaultValue = "1") int page) {
        return templates.view(TOKENS_TEMPLATE, viewer, tokens(viewer, page, null, null));
    }

    @PostMapping(TOKENS)
    View makeToken(
            Viewer viewer,
            HttpServletResponse response,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(required = false) @Nullable List<String> scopes,
            @RequestParam(defaultValue = "") String expires) {
        try {
            var made = tokens.create(
                    viewer.caller(), new NewPersonalToken(name, "", scopes == null ? List.of() : scopes, expires));
            return templates.view(TOKENS_TEMPLATE, viewer, tokens(viewer, 1, made, null));
        } catch (Problem problem) {
            return forms.refused(viewer, response, tokenForm(viewer, "account.saved"), problem);
        }
    }

    @PostMapping(TOKENS + "/{token}/revoke")
    View revokeToken(Viewer viewer, HttpServletResponse response, @PathVariable("token") long token) {
        return forms.take(
                viewer,
                response,
                tokenForm(viewer, "account.token-revoked"),
                () -> tokens.revoke(viewer.caller(), token));
    }

    private Form tokenForm(Viewer viewer, String notice) {
        return new Form(notice, viewer.link(TOKENS), TOKENS_TEMPLATE, failure -> tokens(viewer, 1, null, failure));
    }

    private TokensPage tokens(Viewer viewer, int page, @Nullable PersonalToken made, @Nullable String failure) {
        var number = Math.clamp(page, 1, 1_000_000);
        var slice = new Slice((long) (number - 1) * ROWS, ROWS);
        return new TokensPage(tokens.list(viewer.caller(), "active", "", slice), number, ROWS, made, failure);
    }

    @GetMapping(KEYS)
    View keys(Viewer viewer) {
        return templates.view(KEYS_TEMPLATE, viewer, keys(viewer, null, null));
    }

    @PostMapping(KEYS)
    View makeKey(Viewer viewer, HttpServletResponse response, @RequestParam(defaultValue = "") String description) {
        try {
            var made = keys.create(viewer.caller(), null, description);
            return templates.view(KEYS_TEMPLATE, viewer, keys(viewer, made, null));
        } catch (Problem problem) {
            return forms.refused(viewer, response, keyForm(viewer), problem);
        }
    }

    @PostMapping(KEYS + "/{key}/status")
    View switchKey(
            Viewer viewer,
            HttpServletResponse response,
            @PathVariable("key") String key,
            @RequestParam(defaultValue = "") String status) {
        return changed(viewer, response, () -> keys.update(viewer.caller(), key, status, null));
    }

    @PostMapping(KEYS + "/{key}/remove")
    View removeKey(Viewer viewer, HttpServletResponse response, @PathVariable("key") String key) {
        return changed(viewer, response, () -> keys.delete(viewer.caller(), key));
    }

    private View changed(Viewer viewer, HttpServletResponse response, Runnable action) {
        return forms.take(viewer, response, keyForm(viewer), action);
    }

    private Form keyForm(Viewer viewer) {
        return new Form("account.saved", viewer.link(KEYS), KEYS_TEMPLATE, failure -> keys(viewer, null, failure));
    }

    private AccessKeysPage keys(Viewer viewer, @Nullable AccessKey made, @Nullable String failure) {
        return new AccessKeysPage(keys.list(viewer.caller(), null), made, failure);
    }
}
