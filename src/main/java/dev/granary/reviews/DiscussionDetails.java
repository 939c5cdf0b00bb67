package dev.granary.reviews;

import dev.granary.reviews.DiscussionPositionStore.Row;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Puts together what every answer about discussions needs, for all of them at once. */
@Component
class DiscussionDetails {
    private static final int NO_LINE = -1;

    private final DiscussionNoteStore notes;
    private final DiscussionPositionStore positions;
    private final VersionStore versions;
    private final UserViews users;

    DiscussionDetails(
            DiscussionNoteStore notes, DiscussionPositionStore positions, VersionStore versions, UserViews users) {
        this.notes = notes;
        this.positions = positions;
        this.versions = versions;
        this.users = users;
    }

    /**
     * A place on the wire: in the newest version, or as it was given where that has it no more.
     *
     * @param oldLine -1 for an added line and for a file as a whole; so {@code newLine} for a removed line
     */
    record PositionView(
            @Nullable String baseSha,
            @Nullable String startSha,
            @Nullable String headSha,
            @Nullable String oldPath,
            @Nullable String newPath,
            @Nullable String positionType,
            int oldLine,
            int newLine) {}

    /**
     * A discussion with all that is shown of it.
     *
     * @param spot its place in the version that is asked for, or as it was given where that has it no more
     * @param position the same on the wire; null for one about the whole
     * @param there whether that version has it
     * @param outdated whether the newest version has it no more
     */
    record Detailed(
            Subject subject,
            Discussion discussion,
            List<DiscussionNote> notes,
            Spot spot,
            @Nullable PositionView position,
            boolean there,
            boolean outdated) {
        /** The same at a place in a version. */
        Detailed at(Spot place, Version version) {
            return new Detailed(
                    subject,
                    discussion,
                    notes,
                    place,
                    view(discussion, place, version.baseCommit(), version.startCommit(), version.headCommit()),
                    true,
                    discussion.outdated());
        }
    }

    /** Discussions with those whom they name. */
    record Details(List<Detailed> discussions, UserViews.Known known) {
        Detailed first() {
            return discussions.getFirst();
        }
    }

    /** Discussions of one subject as its newest version has them. */
    Details of(Subject subject, List<Discussion> discussions) {
        return of(
                subject,
                discussions,
                subject.request() == null
                        ? null
                        : versions.current(subject.request().id()));
    }

    /** Discussions of one subject as a version of it has them; null for a commit. */
    Details of(Subject subject, List<Discussion> discussions, @Nullable Version version) {
        var ids = discussions.stream().map(Discussion::id).toList();
        var said = notes.of(ids);
        Map<Long, Row> places = version == null ? Map.of() : positions.at(version.id(), ids);
        return new Details(
                discussions.stream()
                        .map(each -> detailed(
                                subject, each, said.getOrDefault(each.id(), List.of()), version, places.get(each.id())))
                        .toList(),
                users.known(people(discussions, said.values())));
    }

    private static HashSet<Long> people(Collection<Discussion> discussions, Collection<List<DiscussionNote>> said) {
        var people = new HashSet<Long>();
        for (var each : discussions) {
            people.addAll(
                    UserViews.present(each.authorId(), each.assigneeId(), each.proposerId(), each.resolvedById()));
        }
        said.forEach(group -> group.forEach(note -> people.addAll(UserViews.present(note.authorId()))));
        return people;
    }

    private static Detailed detailed(
            Subject subject,
            Discussion discussion,
            List<DiscussionNote> said,
            @Nullable Version version,
            @Nullable Row carried) {
        var spot = discussion.spot();
        var position = !discussion.hasPlace()
                ? null
                : view(discussion, spot, discussion.baseCommit(), discussion.startCommit(), discussion.headCommit());
        var own = version == null
                || (version.headCommit().equals(discussion.headCommit())
                        && version.baseCommit().equals(discussion.baseCommit()));
        var given = new Detailed(
                subject, discussion, said, spot, position, discussion.hasPlace() && own, discussion.outdated());
        return version == null || carried == null || carried.outdated() ? given : given.at(carried.spot(), version);
    }

    private static PositionView view(
            Discussion discussion, Spot spot, @Nullable String base, @Nullable String start, @Nullable String head) {
        return new PositionView(
                base,
                start,
                head,
                spot.oldPath(),
                spot.newPath(),
                discussion.positionType(),
                spot.oldLine() == null ? NO_LINE : spot.oldLine().intValue(),
                spot.newLine() == null ? NO_LINE : spot.newLine().intValue());
    }
}
