package dev.granary.mirrors;

import dev.granary.api.Failures;
import dev.granary.kernel.RemoteAddress;
import dev.granary.kernel.Times;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Mirrors and runs as the answers show them. */
@Component
class MirrorAnswers {
    private static final long MILLIS = 1000;

    private final Failures failures;
    private final MirrorTimes times;
    private final Clock clock;

    MirrorAnswers(Failures failures, MirrorTimes times, Clock clock) {
        this.failures = failures;
        this.times = times;
        this.clock = clock;
    }

    /**
     * A mirror.
     *
     * @param updateStatus {@code scheduled}, {@code started}, {@code finished} or {@code failed}
     * @param lastSuccessfulUpdateAt null before the first success
     * @param numberOfFailures in a row; null for none
     * @param mirroringEnabled whether it runs by itself
     * @param isPrivate whether it has credentials
     * @param lastError what the last run failed of, or left undone
     */
    record Shown(
            long id,
            long repositoryId,
            String updateStatus,
            String lastUpdateAt,
            String url,
            @Nullable String lastSuccessfulUpdateAt,
            @Nullable Long numberOfFailures,
            boolean mirroringEnabled,
            boolean isPrivate,
            @Nullable String endpointUuid,
            @Nullable String lastError) {}

    /** What may be changed of a mirror. */
    record Changed(
            String url, boolean mirroringEnabled, @Nullable String endpointUuid, String syncBranchType) {}

    /**
     * What else may be.
     *
     * @param refSpecs which branches and tags, for example {@code refs/heads/release/*}; empty: all of them
     * @param interval seconds from one run to the next
     * @param knownHostKey what the SSH server must show; null: what it shows first
     */
    record Details(
            List<String> refSpecs,
            boolean prune,
            boolean forceFetch,
            long interval,
            @Nullable String knownHostKey) {}

    /**
     * How far behind a mirror is.
     *
     * @param state {@code healthy}, {@code late} or {@code failing}
     * @param age seconds since the last success; null before the first
     * @param lag seconds for which the two sides have differed, or may have because nobody could look
     * @param differingRefs how many refs the last success left as they were
     * @param warning what the copy lacks although runs succeed
     */
    record Freshness(
            String state,
            @Nullable Long age,
            long lag,
            long differingRefs,
            @Nullable String differingSince,
            @Nullable String lateSince,
            @Nullable String nextRunAt,
            @Nullable String warning) {}

    /**
     * A run.
     *
     * @param trigger {@code manual}, {@code schedule} or {@code import}
     * @param state {@code queued}, {@code running}, {@code succeeded}, {@code failed} or {@code aborted}
     * @param refsLeft refs that differ all the same
     * @param attempts above one when a server ended unexpectedly while it worked on it
     * @param warning what the copy lacks although the run succeeded
     */
    record RunShown(
            String jid,
            String trigger,
            String direction,
            String state,
            String queuedAt,
            @Nullable String startedAt,
            @Nullable String endedAt,
            long attempts,
            long refsChanged,
            long refsLeft,
            long bytes,
            @Nullable String error,
            @Nullable String warning,
            Progress progress) {}

    /** @param phase null before it began */
    record Progress(@Nullable String phase, long doneObjects, long totalObjects) {}

    Shown mirror(Mirror mirror, Locale locale) {
        return new Shown(
                mirror.id(),
                mirror.repositoryId(),
                mirror.status(),
                Times.v4(mirror.lastUpdateAt()),
                RemoteAddress.shown(mirror.url()),
                time(mirror.lastSuccessAt()),
                mirror.failures() == 0 ? null : mirror.failures(),
                mirror.scheduled(),
                mirror.hasSecret() || mirror.endpointUuid() != null,
                mirror.endpointUuid(),
                failures.text(mirror.errorKey(), mirror.errorArguments(), locale));
    }

    Changed changed(Mirror mirror) {
        return new Changed(
                RemoteAddress.shown(mirror.url()), mirror.scheduled(), mirror.endpointUuid(), mirror.syncBranchType());
    }

    Details details(Mirror mirror) {
        return new Details(
                mirror.refSpecList(),
                mirror.prune(),
                mirror.forceFetch(),
                times.interval(mirror).toSeconds(),
                mirror.knownHostKey());
    }

    Freshness freshness(Mirror mirror, Locale locale) {
        var now = clock.millis();
        return new Freshness(
                times.state(mirror, now),
                mirror.lastSuccessAt() == null ? null : (now - mirror.lastSuccessAt()) / MILLIS,
                times.lag(mirror, now) / MILLIS,
                mirror.differingRefs(),
                time(mirror.differingSince()),
                time(mirror.lateSince()),
                time(mirror.nextRunAt()),
                failures.text(mirror.warningKey(), null, locale));
    }

    RunShown run(MirrorRun run, Locale locale) {
        return new RunShown(
                run.jid(),
                run.cause(),
                run.direction(),
                run.state(),
                Times.v4(run.queuedAt()),
                time(run.startedAt()),
                time(run.endedAt()),
                run.attempts(),
                run.refsChanged(),
                run.refsLeft(),
                run.receivedBytes(),
                failures.text(run.errorKey(), run.errorArguments(), locale),
                failures.text(run.warningKey(), null, locale),
                new Progress(run.phase(), run.doneObjects(), run.totalObjects()));
    }

    private static @Nullable String time(@Nullable Long millis) {
        return millis == null ? null : Times.v4(millis);
    }
}
