package dev.granary.reviews;

import dev.granary.repositories.HostedRepository;
import org.jspecify.annotations.Nullable;

/**
 * What is discussed: a merge request or a commit, one of the two.
 *
 * @param repository where the request is to be merged into, or the commit's
 * @param commit its full id
 */
record Subject(
        HostedRepository repository,
        @Nullable MergeRequest request,
        @Nullable String commit) {

    static final String COMMIT = "Commit";

    static Subject of(MergeRequestService.Found found) {
        return new Subject(found.repository(), found.request(), null);
    }

    static Subject of(HostedRepository repository, String commit) {
        return new Subject(repository, null, commit);
    }

    /** What it is on the wire. */
    String type() {
        return request == null ? COMMIT : MergeRequestView.TYPE;
    }

    @Nullable
    Long requestId() {
        return request == null ? null : request.id();
    }

    @Nullable
    Long requestIid() {
        return request == null ? null : request.iid();
    }
}
