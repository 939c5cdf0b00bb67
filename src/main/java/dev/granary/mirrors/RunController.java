package dev.granary.mirrors;

import dev.granary.kernel.Caller;
import dev.granary.kernel.Page;
import dev.granary.kernel.Slice;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What became of synchronisations and imports; the public API only starts them. */
@RestController
@RequestMapping("/v4/repositories/{repository_id}")
class RunController {
    private final RunService runs;
    private final MirrorAnswers answers;

    RunController(RunService runs, MirrorAnswers answers) {
        this.runs = runs;
        this.answers = answers;
    }

    @GetMapping("/remote-mirror/runs")
    Page<MirrorAnswers.RunShown> listRemoteMirrorRuns(
            Caller caller, @PathVariable("repository_id") long repositoryId, Slice slice, Locale locale) {
        return runs.list(caller, repositoryId, slice).map(run -> answers.run(run, locale));
    }

    @GetMapping("/remote-mirror/runs/{jid}")
    MirrorAnswers.RunShown showRemoteMirrorRun(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @PathVariable("jid") String jid,
            Locale locale) {
        return answers.run(runs.show(caller, repositoryId, jid), locale);
    }

    @PostMapping("/remote-mirror/runs/{jid}/abort")
    MirrorAnswers.RunShown abortRemoteMirrorRun(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @PathVariable("jid") String jid,
            Locale locale) {
        return answers.run(runs.abort(caller, repositoryId, jid), locale);
    }

    @PostMapping("/import/retry")
    MirrorAnswers.RunShown retryImport(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @RequestBody(required = false) RunService.@Nullable Start body,
            Locale locale) {
        return answers.run(runs.retryImport(caller, repositoryId, body), locale);
    }
}
