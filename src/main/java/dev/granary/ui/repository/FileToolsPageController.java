package dev.granary.ui.repository;

import dev.granary.content.ArchiveService;
import dev.granary.content.BlameService;
import dev.granary.content.FileDownload;
import dev.granary.content.TreeService;
import dev.granary.kernel.Slice;
import dev.granary.ui.RepositoryPage;
import dev.granary.ui.Templates;
import dev.granary.ui.Viewer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/** Finding files, where their lines come from, and archives of them. */
@Controller
class FileToolsPageController {
    private final TreeService trees;
    private final BlameService blames;
    private final ArchiveService archives;
    private final PagePlaces places;
    private final Templates templates;

    FileToolsPageController(
            TreeService trees, BlameService blames, ArchiveService archives, PagePlaces places, Templates templates) {
        this.trees = trees;
        this.blames = blames;
        this.archives = archives;
        this.places = places;
        this.templates = templates;
    }

    @GetMapping("/-/repositories/{repository}/blame/{*place}")
    View blame(Viewer viewer, RepositoryPage repository, @PathVariable("place") String text) {
        var place = places.of(viewer, repository, text);
        return templates.view(
                "repository/blame",
                viewer,
                new BlamePage(
                        repository,
                        place,
                        blames.blamed(viewer.caller(), repository.repository().id(), place)));
    }

    @GetMapping("/-/repositories/{repository}/find_file/{*place}")
    View find(
            Viewer viewer,
            RepositoryPage repository,
            @PathVariable("place") String text,
            @RequestParam(defaultValue = "") String search,
            @RequestHeader(name = "HX-Request", defaultValue = "false") boolean partly) {
        var ref = places.of(viewer, repository, text).ref();
        var paths = trees.files(
                viewer.caller(), repository.repository().id(), ref, search.strip(), new Slice(0, Slice.MAXIMUM));
        return templates.view(
                partly ? "repository/found" : "repository/find", viewer, new FindPage(repository, ref, search, paths));
    }

    @GetMapping("/-/repositories/{repository}/archive/{*place}")
    void archive(
            Viewer viewer,
            RepositoryPage repository,
            @PathVariable("place") String text,
            @RequestParam(defaultValue = "zip") String format,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        var place = places.of(viewer, repository, text);
        FileDownload.send(
                request,
                response,
                archives.open(viewer.caller(), repository.repository().id(), place.ref(), place.path(), format));
    }
}
