package dev.granary.ui.account;

import dev.granary.identity.GpgKeys;
import dev.granary.identity.SshKeys;
import dev.granary.kernel.Slice;
import dev.granary.ui.Submissions;
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
    private final Submissions submissions;

    KeysPageController(SshKeys sshKeys, GpgKeys gpgKeys, Templates templates, Submissions submissions) {
        this.sshKeys = sshKeys;
        this.gpgKeys = gpgKeys;
        this.templates = templates;
        this.submissions = submissions;
    }

    @GetMapping(SSH)
    View ssh(Viewer viewer) {
        return templates.view(SSH_TEMPLATE, viewer, ssh(viewer, "", "", null));
    }

    @PostMapping(SSH)
    View addSsh(
            Viewer viewer,
            HttpServletResponse response,
            @RequestParam(defaultValue = "") String title,
            @RequestParam(defaultValue = "") String key) {
        return submissions.take(
                viewer,
                response,
                () -> sshKeys.add(viewer.caller(), title.strip(), key.strip()),
                ADDED,
                viewer.link(SSH),
                SSH_TEMPLATE,
                failure -> ssh(viewer, title, key, failure));
    }

    @PostMapping(SSH + "/{key}/remove")
    View removeSsh(Viewer viewer, HttpServletResponse response, @PathVariable("key") long key) {
        return submissions.take(
                viewer,
                response,
                () -> sshKeys.delete(viewer.caller(), key),
                REMOVED,
                viewer.link(SSH),
                SSH_TEMPLATE,
                failure -> ssh(viewer, "", "", failure));
    }

    private SshKeysPage ssh(Viewer viewer, String title, String key, @Nullable String failure) {
        return new SshKeysPage(sshKeys.list(viewer.caller()), title, key, failure);
    }

    @GetMapping(GPG)
    View gpg(Viewer viewer) {
        return templates.view(GPG_TEMPLATE, viewer, gpg(viewer, "", "", null));
    }

    @PostMapping(GPG)
    View addGpg(
            Viewer viewer,
            HttpServletResponse response,
            @RequestParam(defaultValue = "") String title,
            @RequestParam(defaultValue = "") String key) {
        return submissions.take(
                viewer,
                response,
                () -> gpgKeys.add(viewer.caller(), title.strip(), "", key),
                ADDED,
                viewer.link(GPG),
                GPG_TEMPLATE,
                failure -> gpg(viewer, title, key, failure));
    }

    @PostMapping(GPG + "/{key}/remove")
    View removeGpg(Viewer viewer, HttpServletResponse response, @PathVariable("key") long key) {
        return submissions.take(
                viewer,
                response,
                () -> gpgKeys.delete(viewer.caller(), key),
                REMOVED,
                viewer.link(GPG),
                GPG_TEMPLATE,
                failure -> gpg(viewer, "", "", failure));
    }

    private GpgKeysPage gpg(Viewer viewer, String title, String key, @Nullable String failure) {
        return new GpgKeysPage(
                gpgKeys.list(viewer.caller(), "", new Slice(0, Slice.MAXIMUM)).items(), title, key, failure);
    }
}
