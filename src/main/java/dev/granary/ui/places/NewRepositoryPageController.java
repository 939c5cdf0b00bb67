package dev.granary.ui.places;

import dev.granary.access.AccessService;
import dev.granary.access.Permission;
import dev.granary.api.Failures;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Slice;
import dev.granary.projects.Namespaces;
import dev.granary.repositories.InitialFiles;
import dev.granary.repositories.RepositoryCreationService;
import dev.granary.repositories.TemplateService;
import dev.granary.ui.Redirects;
import dev.granary.ui.RepositoryPage;
import dev.granary.ui.Templates;
import dev.granary.ui.Viewer;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/** Creating repositories: blank, of a template, or as a copy of one on another server. */
@Controller
class NewRepositoryPageController {
    private final RepositoryCreationService creation;
    private final Namespaces namespaces;
    private final InitialFiles files;
    private final TemplateService templateService;
    private final AccessService access;
    private final Templates templates;
    private final Failures failures;

    NewRepositoryPageController(
            RepositoryCreationService creation,
            Namespaces namespaces,
            InitialFiles files,
            TemplateService templateService,
            AccessService access,
            Templates templates,
            Failures failures) {
        this.creation = creation;
        this.namespaces = namespaces;
        this.files = files;
        this.templateService = templateService;
        this.access = access;
        this.templates = templates;
        this.failures = failures;
    }

    @GetMapping("/-/new")
    View form(Viewer viewer, @RequestParam(defaultValue = "") String from, @RequestParam(defaultValue = "") String in) {
        access.requireUser(viewer.caller());
        return templates.view("places/new-repository", viewer, page(viewer, NewRepositoryForm.fresh(from, in), null));
    }

    @PostMapping("/-/new")
    View create(Viewer viewer, @ModelAttribute NewRepositoryForm form) {
        try {
            var namespace = namespaces.require(viewer.caller(), form.in(), Permission.REPOSITORY_CREATE);
            var repository = creation.create(viewer.caller(), form.body(namespace));
            return Redirects.to(viewer.link(RepositoryPage.address(repository)));
        } catch (Problem problem) {
            access.requireUser(viewer.caller());
            return templates.view(
                    HttpStatus.valueOf(Math.max(problem.code().status(), HttpStatus.BAD_REQUEST.value())),
                    "places/new-repository",
                    viewer,
                    page(viewer, form, failures.text(problem, viewer.locale())));
        }
    }

    private NewRepositoryPage page(Viewer viewer, NewRepositoryForm form, @Nullable String failure) {
        return new NewRepositoryPage(
                form,
                namespaces.creatable(viewer.caller()),
                files.gitignores(),
                files.licences(),
                templateService
                        .list(viewer.caller(), new Slice(0, Slice.MAXIMUM))
                        .items(),
                failure);
    }
}
