package dev.granary.ui.repository;

import dev.granary.access.AccessService;
import dev.granary.access.Permission;
import dev.granary.api.Failures;
import dev.granary.content.BrowseService;
import dev.granary.content.BrowseService.File;
import dev.granary.content.BrowseService.Place;
import dev.granary.content.PageEditService;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Scope;
import dev.granary.ui.Cookies;
import dev.granary.ui.Redirects;
import dev.granary.ui.RepositoryPage;
import dev.granary.ui.Templates;
import dev.granary.ui.Viewer;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.servlet.View;

/** Changing files in a browser: each change is a commit on the branch that is shown, or on a new one. */
@Controller
class EditPageController {
    private static final String NEW = "new";
    private static final String EDIT = "edit";
    private static final String DELETE = "delete";
    private static final String UPLOAD = "upload";

    private final BrowseService browse;
    private final PageEditService edits;
    private final AccessService access;
    private final PagePlaces places;
    private final Templates templates;
    private final Cookies cookies;
    private final Failures failures;

    EditPageController(
            BrowseService browse,
            PageEditService edits,
            AccessService access,
            PagePlaces places,
            Templates templates,
            Cookies cookies,
            Failures failures) {
        this.browse = browse;
        this.edits = edits;
        this.access = access;
        this.places = places;
        this.templates = templates;
        this.cookies = cookies;
        this.failures = failures;
    }

    @GetMapping("/-/repositories/{repository}/new/{*place}")
    View newFile(Viewer viewer, RepositoryPage repository, @PathVariable("place") String text) {
        return fresh(viewer, repository, NEW, text);
    }

    @GetMapping("/-/repositories/{repository}/upload/{*place}")
    View upload(Viewer viewer, RepositoryPage repository, @PathVariable("place") String text) {
        return fresh(viewer, repository, UPLOAD, text);
    }

    private View fresh(Viewer viewer, RepositoryPage repository, String kind, String text) {
        var place = place(viewer, repository, text);
        var path = place.path().isEmpty() ? "" : place.path() + "/";
        return form(viewer, repository, kind, place, EditForm.fresh(path, "", suggested(viewer), ""), null);
    }

    @GetMapping("/-/repositories/{repository}/edit/{*place}")
    View edit(Viewer viewer, RepositoryPage repository, @PathVariable("place") String text) {
        var place = place(viewer, repository, text);
        var file = browse.file(viewer.caller(), repository.repository().id(), place);
        if (!FilePage.isEditable(file)) {
            return Redirects.to(repository.blob(place.ref(), place.path()));
        }
        return form(viewer, repository, EDIT, place, form(viewer, file), null);
    }

    @GetMapping("/-/repositories/{repository}/delete/{*place}")
    View delete(Viewer viewer, RepositoryPage repository, @PathVariable("place") String text) {
        var place = place(viewer, repository, text);
        var file = browse.file(viewer.caller(), repository.repository().id(), place);
        return form(
                viewer,
                repository,
                DELETE,
                place,
                EditForm.fresh(place.path(), "", suggested(viewer), file.last().id()),
                null);
    }

    private static EditForm form(Viewer viewer, File file) {
        var text = file.text() == null ? "" : file.text();
        return EditForm.fresh(file.path(), text, suggested(viewer), file.last().id());
    }

    private static String suggested(Viewer viewer) {
        var user = viewer.user();
        return user == null ? "" : user.name() + "-patch";
    }

    @PostMapping("/-/repositories/{repository}/new/{*place}")
    View create(
            Viewer viewer,
            RepositoryPage repository,
            @PathVariable("place") String text,
            @ModelAttribute EditForm form,
            HttpServletResponse response) {
        var place = place(viewer, repository, text);
        try {
            var target = form.target(place.ref(), viewer.text("edit.message-new", form.path()));
            edits.create(viewer.caller(), repository.repository().id(), target, form.path(), form.content());
        } catch (Problem problem) {
            return form(viewer, repository, NEW, place, form, problem);
        }
        return done(repository, place, form, repository.blob(place.ref(), form.path()), response);
    }

    @PostMapping("/-/repositories/{repository}/edit/{*place}")
    View change(
            Viewer viewer,
            RepositoryPage repository,
            @PathVariable("place") String text,
            @ModelAttribute EditForm form,
            HttpServletResponse response) {
        var place = place(viewer, repository, text);
        try {
            var target = form.target(place.ref(), viewer.text("edit.message-edit", form.path()));
            edits.update(
                    viewer.caller(), repository.repository().id(), target, place.path(), form.path(), form.content());
        } catch (Problem problem) {
            return form(viewer, repository, EDIT, place, form, problem);
        }
        return done(repository, place, form, repository.blob(place.ref(), form.path()), response);
    }

    @PostMapping("/-/repositories/{repository}/delete/{*place}")
    View remove(
            Viewer viewer,
            RepositoryPage repository,
            @PathVariable("place") String text,
            @ModelAttribute EditForm form,
            HttpServletResponse response) {
        var place = place(viewer, repository, text);
        try {
            var target = form.target(place.ref(), viewer.text("edit.message-delete", place.path()));
            edits.delete(viewer.caller(), repository.repository().id(), target, place.path());
        } catch (Problem problem) {
            return form(viewer, repository, DELETE, place, form, problem);
        }
        return done(repository, place, form, repository.tree(place.ref(), ""), response);
    }

    /** Where a browser goes after an upload, or why it was refused: one of them is null. */
    record Uploaded(@Nullable String address, @Nullable String failure) {}

    /** A file as the body of the request; the form's fields stand in the query. */
    @PutMapping("/-/repositories/{repository}/upload/{*place}")
    @ResponseBody
    Uploaded take(
            Viewer viewer,
            RepositoryPage repository,
            @PathVariable("place") String text,
            @RequestParam(defaultValue = "") String path,
            @RequestParam(defaultValue = "") String message,
            @RequestParam(defaultValue = "") String to,
            @RequestParam(defaultValue = "") String branch,
            InputStream body,
            HttpServletResponse response)
            throws IOException {
        var place = places.of(viewer, repository, text);
        var form = new EditForm(path, "", "", message, to, branch, "");
        try {
            access.require(
                    viewer.caller(),
                    new Scope.Repository(repository.repository().id()),
                    Permission.COMMIT);
            var target = form.target(place.ref(), viewer.text("edit.message-upload", form.path()));
            edits.upload(viewer.caller(), repository.repository().id(), target, form.path(), body);
        } catch (Problem problem) {
            response.setStatus(problem.code().status());
            return new Uploaded(null, failures.text(problem, viewer.locale()));
        }
        cookies.notice(response, "edit.done");
        return new Uploaded(next(repository, place, form, repository.blob(place.ref(), form.path())), null);
    }

    /** The branch and path of an address, for somebody who may commit; other refs than branches cannot be changed. */
    private Place place(Viewer viewer, RepositoryPage repository, String text) {
        access.require(
                viewer.caller(), new Scope.Repository(repository.repository().id()), Permission.COMMIT);
        return places.of(viewer, repository, text);
    }

    private View form(
            Viewer viewer,
            RepositoryPage repository,
            String kind,
            Place place,
            EditForm form,
            @Nullable Problem problem) {
        var changed = problem != null
                && (problem.code() == ErrorCode.FILE_CHANGED || problem.code() == ErrorCode.COMMIT_CONFLICT);
        var status = problem == null
                ? HttpStatus.OK
                : HttpStatus.valueOf(problem.code().status());
        var failure = problem == null ? null : failures.text(problem, viewer.locale());
        var message = kind.equals(EDIT) || kind.equals(DELETE) ? viewer.text("edit.message-" + kind, place.path()) : "";
        return templates.view(
                status,
                "repository/edit",
                viewer,
                new EditPage(repository, kind, place, form, message, failure, changed));
    }

    private View done(
            RepositoryPage repository, Place place, EditForm form, String address, HttpServletResponse response) {
        cookies.notice(response, "edit.done");
        return Redirects.to(next(repository, place, form, address));
    }

    /** A new branch is there to be merged. */
    private static String next(RepositoryPage repository, Place place, EditForm form, String address) {
        return form.toNewBranch()
                ? repository.page("merge_requests/new?source=" + RepositoryPage.encode(form.branch()) + "&target="
                        + RepositoryPage.encode(place.ref()))
                : address;
    }
}
