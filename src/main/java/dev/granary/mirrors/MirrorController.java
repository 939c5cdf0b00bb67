package dev.granary.mirrors;

import dev.granary.kernel.Caller;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * A repository's mirrors. {@code direction=push} is our own: the public API knows repositories that follow another one
 * only.
 */
@RestController
@RequestMapping("/v4/repositories/{repository_id}/remote-mirror")
class MirrorController {
    private final MirrorService mirrors;
    private final RunService runs;
    private final MirrorAnswers answers;

    MirrorController(MirrorService mirrors, RunService runs, MirrorAnswers answers) {
        this.mirrors = mirrors;
        this.runs = runs;
        this.answers = answers;
    }

    record Started(String jid) {}

    @PostMapping("/associate")
    @ResponseStatus(HttpStatus.CREATED)
    MirrorAnswers.Shown associateRemoteMirror(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @RequestParam(required = false) @Nullable String direction,
            @RequestBody MirrorService.NewMirror body,
            Locale locale) {
        return answers.mirror(mirrors.associate(caller, repositoryId, Direction.of(direction), body), locale);
    }

    @GetMapping
    MirrorAnswers.Shown showRemoteMirror(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @RequestParam(required = false) @Nullable String direction,
            Locale locale) {
        return answers.mirror(mirrors.show(caller, repositoryId, Direction.of(direction)), locale);
    }

    @PutMapping
    MirrorAnswers.Changed updateRepositoryRemoteMirror(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @RequestParam(required = false) @Nullable String direction,
            @RequestBody MirrorService.Change body) {
        return answers.changed(mirrors.update(caller, repositoryId, Direction.of(direction), body));
    }

    @PostMapping
    Started startRemoteMirrorSynchronization(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @RequestParam(required = false) @Nullable String direction,
            @RequestBody(required = false) RunService.@Nullable Start body) {
        return new Started(runs.start(caller, repositoryId, Direction.of(direction), body));
    }

    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void deleteRemoteMirror(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @RequestParam(required = false) @Nullable String direction) {
        mirrors.delete(caller, repositoryId, Direction.of(direction));
    }

    @GetMapping("/details")
    MirrorAnswers.Details showRemoteMirrorDetails(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @RequestParam(required = false) @Nullable String direction) {
        return answers.details(mirrors.show(caller, repositoryId, Direction.of(direction)));
    }

    @PutMapping("/details")
    MirrorAnswers.Details updateRemoteMirrorDetails(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @RequestParam(required = false) @Nullable String direction,
            @RequestBody MirrorService.DetailChange body) {
        return answers.details(mirrors.updateDetails(caller, repositoryId, Direction.of(direction), body));
    }

    @GetMapping("/freshness")
    MirrorAnswers.Freshness showRemoteMirrorFreshness(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @RequestParam(required = false) @Nullable String direction,
            Locale locale) {
        return answers.freshness(mirrors.freshness(caller, repositoryId, Direction.of(direction)), locale);
    }
}
