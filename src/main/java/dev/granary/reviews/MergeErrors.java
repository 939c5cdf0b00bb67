package dev.granary.reviews;

import dev.granary.api.Failures;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Times;
import org.jspecify.annotations.Nullable;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** Why merges failed, in the language of the request. */
@Component
class MergeErrors {
    private final Failures failures;
    private final MergeStore store;

    MergeErrors(Failures failures, MergeStore store) {
        this.failures = failures;
        this.store = store;
    }

    /** Why the last attempt to merge a request failed; null when there was none, or it did not. */
    MergeRequestView.@Nullable MergeError of(MergeRequest request, UserViews.Known known) {
        var name = request.mergeError();
        if (name == null) {
            return null;
        }
        var code = ErrorCode.valueOf(name);
        var user = known.account(request.mergeUserId());
        return new MergeRequestView.MergeError(
                user == null ? null : user.name(),
                request.mergeStartedAt() == null ? null : Times.v4(request.mergeStartedAt()),
                name,
                Integer.toString(code.status()),
                code.code(),
                failures.text(problem(request, code), LocaleContextHolder.getLocale()));
    }

    private Problem problem(MergeRequest request, ErrorCode code) {
        return new Problem(
                code, (Object[]) store.mergeErrorArguments(request.id()).split("\n", -1));
    }
}
