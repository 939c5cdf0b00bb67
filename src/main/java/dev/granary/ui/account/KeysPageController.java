package dev.granary.ui.account;

import dev.granary.identity.GpgKeys;
import dev.granary.identity.SshKeys;
import dev.granary.kernel.Slice;
import dev.granary.ui.Forms;
import dev.granary.ui.Forms.Form;
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

/** The reader's SSH and GPG keys. */
@Controller
class KeysPageController {
    private static final String SSH = "/-/profile/ssh_keys";
    private static final String SSH_TEMPLATE = "account/ssh-keys";
    private static final String GPG = "/-/profile/gpg_keys";
    private static final String GPG_TEMPLATE = "account/gpg-keys";
    private static final String ADDED = "account.key-added";
    private static final String REMOVED = "account.key-removed";

    private final SshKeys sshKeys;
    private final GpgKeys gpgKeys;
    private final Templates templates;
    private final Forms forms;

    KeysPageController(SshKeys sshKeys, GpgKeys gpgKeys, Templates templates, Forms forms) {
        this.sshKeys = sshKeys;
        this.gpgKeys = gpgKeys;
        this.templates = templates;
        this.forms = forms;
    }

    @GetMapping(SSH)
    View ssh(Viewer viewer) {
        return templates.view(SSH_TEMPLATE, viewer, ssh(viewer, null));
    }

    @PostMapping(SSH)
    View addSsh(
            Viewer viewer,
            HttpServletResponse response,
            @RequestParam(defaultValue = "") String title,
            @RequestParam(defaultValue = "") String key) {
        return forms.take(
                viewer,
                response,
                new Form(ADDED, viewer.link(SSH), SSH_TEMPLATE, failure -> ssh(viewer, failure)),
                () -> sshKeys.add(viewer.caller(), title.strip(), key.strip()));
    }

    @PostMapping(SSH + "/{key}/remove")
    View removeSsh(Viewer viewer, HttpServletResponse response, @PathVariable("key") long key) {
        return forms.take(
                viewer,
                response,
                new Form(REMOVED, viewer.link(SSH), SSH_TEMPLATE, failure -> ssh(viewer, failure)),
                () -> sshKeys.delete(viewer.caller(), key));
    }

    private SshKeysPage ssh(Viewer viewer, @Nullable String failure) {
        return new SshKeysPage(sshKeys.list(viewer.caller()), failure);
    }

    @GetMapping(GPG)
    View gpg(Viewer viewer) {
        return templates.view(GPG_TEMPLATE, viewer, gpg(viewer, null));
    }

    @PostMapping(GPG)
    View addGpg(
            Viewer viewer,
            HttpServletResponse response,
            @RequestParam(defaultValue = "") String title,
            @RequestParam(defaultValue = "") String key) {
        return forms.take(
                viewer,
                response,
                new Form(ADDED, viewer.link(GPG), GPG_TEMPLATE, failure -> gpg(viewer, failure)),
                () -> gpgKeys.add(viewer.caller(), title.strip(), "", key));
    }

    @PostMapping(GPG + "/{key}/remove")
    View removeGpg(Viewer viewer, HttpServletResponse response, @PathVariable("key") long key) {
        return forms.take(
                viewer,
                response,
                new Form(REMOVED, viewer.link(GPG), GPG_TEMPLATE, failure -> gpg(viewer, failure)),
                () -> gpgKeys.delete(viewer.caller(), key));
    }

    private GpgKeysPage gpg(Viewer viewer, @Nullable String failure) {
        return new GpgKeysPage(
                gpgKeys.list(viewer.caller(), "", new Slice(0, Slice.MAXIMUM)).items(), failure);
    }
}
