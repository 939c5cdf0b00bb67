package dev.granary.ui.repository;

import dev.granary.access.Permission;
import dev.granary.content.BrowseService;
import dev.granary.content.BrowseService.Place;
import dev.granary.kernel.Slice;
import dev.granary.ui.Markdown;
import dev.granary.ui.Redirects;
import dev.granary.ui.RepositoryPage;
import dev.granary.ui.Templates;
import dev.granary.ui.Viewer;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.servlet.View;

/** Folders and files of a repository. */
@Controller
class FilesPageController {
    private static final Set<String> MARKDOWN = Set.of("md", "markdown", "mdown", "mkd");

    private final BrowseService browse;
    private final PagePlaces places;
    private final Markdown markdown;
    private final Templates templates;

    FilesPageController(BrowseService browse, PagePlaces places, Markdown markdown, Templates templates) {
        this.browse = browse;
        this.places = places;
        this.markdown = markdown;
        this.templates = templates;
    }

    @GetMapping("/-/repositories/{repository}")
    View home(Viewer viewer, RepositoryPage repository) {
        return folder(viewer, repository, new Place(repository.repository().defaultBranch(), ""));
    }

    @GetMapping("/-/repositories/{repository}/tree/{*place}")
    View tree(Viewer viewer, RepositoryPage repository, @PathVariable("place") String text) {
        var place = places.of(viewer, repository, text);
        return folder(viewer, repository, place);
    }

    private View folder(Viewer viewer, RepositoryPage repository, Place place) {
        var folder = browse.folder(viewer.caller(), repository.repository().id(), place);
        if (folder.isEmpty()) {
            return templates.view("repository/empty", viewer, repository);
        }
        var readme = folder.get().readme();
        var html = readme == null ? null : rendered(repository, place.ref(), readme.path(), readme.content());
        return templates.view(
                "repository/folder",
                viewer,
                new FolderPage(
                        repository,
                        place.ref(),
                        place.path(),
                        folder.get(),
                        html,
                        isEditable(viewer, repository, place.ref())));
    }

    @GetMapping("/-/repositories/{repository}/blob/{*place}")
    View blob(
            Viewer viewer,
            RepositoryPage repository,
            @PathVariable("place") String text,
            @RequestParam(defaultValue = "false") boolean plain) {
        var place = places.of(viewer, repository, text);
        if (browse.isFolder(viewer.caller(), repository.repository().id(), place)) {
            return Redirects.to(repository.tree(place.ref(), place.path()));
        }
        var file = browse.file(viewer.caller(), repository.repository().id(), place);
        var html = plain || file.text() == null ? null : rendered(repository, place.ref(), place.path(), file.text());
        return templates.view(
                "repository/file",
                viewer,
                new FilePage(repository, place.ref(), file, html, plain, isEditable(viewer, repository, place.ref())));
    }

    private boolean isEditable(Viewer viewer, RepositoryPage repository, String ref) {
        return repository.may(Permission.COMMIT)
                && !repository.repository().locked()
                && browse.isBranch(viewer.caller(), repository.repository(), ref);
    }

    /** Markdown as HTML; null for what is none. */
    private @Nullable String rendered(RepositoryPage repository, String ref, String path, String text) {
        var extension = path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        if (!MARKDOWN.contains(extension)) {
            return null;
        }
        return markdown.html(text, relative(repository, "blob", ref, path), relative(repository, "raw", ref, path));
    }

    /** Addresses of what a file names relative to its own place, or to the root by a leading slash. */
    private static UnaryOperator<String> relative(RepositoryPage repository, String kind, String ref, String path) {
        return target -> {
            var base = URI.create("/" + RepositoryPage.encode(path));
            var found = base.resolve(RepositoryPage.encode(target)).getPath();
            return repository.at(kind, ref, found.replaceAll("^(/\\.\\.)*/", ""));
        };
    }

    /** The last commits of a folder's entries, as the page asks for them once it shows the names. */
    @GetMapping("/-/repositories/{repository}/last-commits/{*place}")
    @ResponseBody
    List<LastCommit> lastCommits(
            Viewer viewer,
            RepositoryPage repository,
            @PathVariable("place") String text,
            @RequestParam(defaultValue = "0") long offset) {
        var place = places.of(viewer, repository, text);
        return browse
                .lastCommits(viewer.caller(), repository.repository().id(), place, new Slice(offset, Slice.MAXIMUM))
                .entrySet()
                .stream()
                .map(entry -> LastCommit.of(entry.getKey(), entry.getValue(), repository))
                .toList();
    }
}
