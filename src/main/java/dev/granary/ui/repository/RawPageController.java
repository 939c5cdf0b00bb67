package dev.granary.ui.repository;

import dev.granary.content.FileDownload;
import dev.granary.content.RawFileService;
import dev.granary.ui.RepositoryPage;
import dev.granary.ui.Viewer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** Files as they are. */
@Controller
class RawPageController {
    private final RawFileService files;
    private final PagePlaces places;

    RawPageController(RawFileService files, PagePlaces places) {
        this.files = files;
        this.places = places;
    }

    @GetMapping("/-/repositories/{repository}/raw/{*place}")
    void raw(
            Viewer viewer,
            RepositoryPage repository,
            @PathVariable("place") String text,
            @RequestParam(defaultValue = "false") boolean save,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        var place = places.of(viewer, repository, text);
        var file = files.open(viewer.caller(), repository.repository().id(), place.path(), "ref", place.ref());
        FileDownload.send(request, response, file, save);
    }
}
