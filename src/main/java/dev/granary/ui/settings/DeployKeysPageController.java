package dev.granary.ui.settings;

import dev.granary.identity.DeployKeys;
import dev.granary.kernel.Slice;
import dev.granary.ui.Forms;
import dev.granary.ui.Forms.Form;
import dev.granary.ui.RepositoryPage;
import dev.granary.ui.Templates;
import dev.granary.ui.Viewer;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/** The deploy keys of a repository. */
@Controller
@RequestMapping("/-/repositories/{repository}/settings/keys")
class DeployKeysPageController {
    private static final String TEMPLATE = "settings/keys";

    private final DeployKeys keys;
    private final Templates templates;
    private final Forms forms;

    DeployKeysPageController(DeployKeys keys, Templates templates, Forms forms) {
        this.keys = keys;
        this.templates = templates;
        this.forms = forms;
    }

    @GetMapping
    View keys(Viewer viewer, RepositoryPage repository) {
        return templates.view(TEMPLATE, viewer, page(viewer, repository, null));
    }

    private DeployKeysPage page(Viewer viewer, RepositoryPage repository, @Nullable String failure) {
        var all = keys.list(viewer.caller(), repository.repository().id(), new Slice(0, Slice.MAXIMUM));
        return new DeployKeysPage(repository, all.items(), failure);
    }

    @PostMapping
    View add(
            Viewer viewer,
            RepositoryPage repository,
            HttpServletResponse response,
            @RequestParam(defaultValue = "") String title,
            @RequestParam(defaultValue = "") String key,
            @RequestParam(defaultValue = "false") boolean push) {
        var form = new Form(
                "deploy-keys.added", repository.page(TEMPLATE), TEMPLATE, failure -> page(viewer, repository, failure));
        return forms.take(
                viewer,
                response,
                form,
                () -> keys.add(viewer.caller(), repository.repository().id(), title, key.strip(), null, push));
    }

    @PostMapping("/{key}/remove")
    View remove(Viewer viewer, RepositoryPage repository, HttpServletResponse response, @PathVariable("key") long key) {
        var form = new Form(
                "deploy-keys.removed",
                repository.page(TEMPLATE),
                TEMPLATE,
                failure -> page(viewer, repository, failure));
        return forms.take(
                viewer,
                response,
                form,
                () -> keys.remove(viewer.caller(), repository.repository().id(), key));
    }
}
