package dev.granary.reviews;

import dev.granary.access.Permission;
import dev.granary.kernel.Caller;
import dev.granary.merging.Merges;
import dev.granary.reviews.MergeRequestService.Found;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumSet;
import java.util.Set;
import org.eclipse.jgit.lib.ObjectId;
import org.springframework.stereotype.Service;

/** Says whether requests can be merged, and what keeps them from it. */
@Service
class MergeableStateService {
    private final MergeRequestService service;
    private final MergeRequestSettings settings;
    private final MergeGates gates;
    private final MergeStatus status;
    private final Merges merges;
    private final Previews previews;

    MergeableStateService(
            MergeRequestService service,
            MergeRequestSettings settings,
            MergeGates gates,
            MergeStatus status,
            Merges merges,
            Previews previews) {
        this.service = service;
        this.settings = settings;
        this.gates = gates;
        this.status = status;
        this.merges = merges;
        this.previews = previews;
    }

    MergeableState show(Caller caller, long repositoryId, long iid) {
        var found = service.require(caller, repositoryId, iid, Permission.VIEW);
        previews.soon(found.request().id());
        return MergeableState.of(found.request(), shut(caller, found), gates.mayForce(caller, found.request()));
    }

    /** The gates that a caller finds shut. */
    Set<Gate> shut(Caller caller, Found found) {
        var shut = EnumSet.noneOf(Gate.class);
        shut.addAll(gates.shut(caller, found).keySet());
        shut.addAll(ofGit(found));
        return shut;
    }

    /** The gates that Git shuts. What is merged has no conflict any more. */
    private Set<Gate> ofGit(Found found) {
        var request = found.request();
        var shut = EnumSet.noneOf(Gate.class);
        if (request.is(MergeRequest.State.MERGED)) {
            return shut;
        }
        try (var git = service.open(found)) {
            var tip = VersionMaker.tip(git, request.targetBranch());
            var head = ObjectId.fromString(request.headCommit());
            if (tip.isEmpty() || status.of(git, tip.get(), head) != MergeStatus.State.CAN_BE_MERGED) {
                shut.add(Gate.CONFLICT);
            }
            var linear = !settings.of(request.repositoryId()).mergeMethod().equals(MergeRequestSetting.MERGE);
            if (linear && (tip.isEmpty() || !merges.isFastForward(git, tip.get(), head))) {
                shut.add(Gate.FAST_FORWARD);
            }
            return shut;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
