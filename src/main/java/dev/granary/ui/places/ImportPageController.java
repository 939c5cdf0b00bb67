package dev.granary.ui.places;

import dev.granary.access.Permission;
import dev.granary.api.Failures;
import dev.granary.kernel.Problem;
import dev.granary.kernel.RemoteAddress;
import dev.granary.kernel.Slice;
import dev.granary.mirrors.RunService;
import dev.granary.repositories.HostedRepository;
import dev.granary.repositories.RepositoryImports;
import dev.granary.ui.Redirects;
import dev.granary.ui.RepositoryPage;
import dev.granary.ui.Templates;
import dev.granary.ui.Viewer;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/** The progress of an import, which can be stopped and tried again. */
@Controller
class ImportPageController {
    private final RepositoryImports imports;
    private final RunService runs;
    private final Templates templates;
    private final Failures failures;

    ImportPageController(RepositoryImports imports, RunService runs, Templates templates, Failures failures) {
        this.imports = imports;
        this.runs = runs;
        this.templates = templates;
        this.failures = failures;
    }

    @GetMapping("/-/repositories/{repository}/import")
    View show(Viewer viewer, RepositoryPage repository) {
        return isReady(repository)
                ? Redirects.to(repository.home())
                : templates.view("places/import", viewer, page(viewer, repository, null));
    }

    /** What the page asks for every second. */
    @GetMapping("/-/repositories/{repository}/import/progress")
    View progress(Viewer viewer, RepositoryPage repository, HttpServletResponse response) {
        if (isReady(repository)) {
            response.setHeader("HX-Redirect", repository.home());
        } else if (repository.repository().status() == HostedRepository.FAILED) {
            response.setHeader("HX-Refresh", "true");
        }
        return templates.view("places/progress", viewer, page(viewer, repository, null));
    }

    @PostMapping("/-/repositories/{repository}/import/stop")
    View stop(Viewer viewer, RepositoryPage repository) {
        var page = page(viewer, repository, null);
        if (page.run() != null && !page.failed()) {
            runs.abort(viewer.caller(), repository.repository().id(), page.run().jid());
        }
        return Redirects.to(repository.page("import"));
    }

    @PostMapping("/-/repositories/{repository}/import/retry")
    View retry(
            Viewer viewer,
            RepositoryPage repository,
            @RequestParam(defaultValue = "") String username,
            @RequestParam(defaultValue = "") String password) {
        try {
            runs.retryImport(
                    viewer.caller(),
                    repository.repository().id(),
                    new RunService.Start(base64(username), base64(password), null, null));
            return Redirects.to(repository.page("import"));
        } catch (Problem problem) {
            return templates.view(
                    HttpStatus.valueOf(problem.code().status()),
                    "places/import",
                    viewer,
                    page(viewer, repository, failures.text(problem, viewer.locale())));
        }
    }

    private ImportPage page(Viewer viewer, RepositoryPage repository, @Nullable String failure) {
        var id = repository.repository().id();
        var run = repository.may(Permission.REPOSITORY_SETTINGS)
                ? runs.list(viewer.caller(), id, new Slice(0, 1)).items().stream()
                        .findFirst()
                        .orElse(null)
                : null;
        var record = imports.of(id).orElse(null);
        return new ImportPage(
                repository,
                record == null ? null : RemoteAddress.shown(record.url()),
                run,
                record == null ? null : failures.text(record.errorKey(), record.errorArguments(), viewer.locale()),
                failure);
    }

    private static boolean isReady(RepositoryPage repository) {
        return repository.repository().status() == HostedRepository.READY;
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
