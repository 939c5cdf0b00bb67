package dev.granary.ui.review;

import dev.granary.reviews.MergeRequestChange;
import dev.granary.reviews.NewMergeRequest;
import dev.granary.reviews.Person.Part;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is in the fields of a merge request's form; named as those.
 *
 * @param targetRepository the repository it goes to; null for the one with the source branch
 * @param assignees ids of users, as the others
 * @param people whether the form asks who takes part
 */
public record RequestFields(
        @Nullable String source,
        @Nullable String target,
        @Nullable Long targetRepository,
        @Nullable String title,
        @Nullable String description,
        @Nullable List<String> assignees,
        @Nullable List<String> reviewers,
        @Nullable List<String> approvers,
        @Nullable List<String> voters,
        @Nullable Boolean draft,
        @Nullable Boolean squash,
        @Nullable Boolean remove,
        @Nullable Boolean people) {
    private static final String DRAFT = "Draft: ";

    /** A text for a field, which is never absent there. */
    public static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    /** Whether a box is ticked, which is absent otherwise. */
    public static boolean on(@Nullable Boolean box) {
        return Boolean.TRUE.equals(box);
    }

    /** Whether somebody is chosen for a part. */
    public boolean has(Part part, long id) {
        return chosen(part).contains(Long.toString(id));
    }

    /** The ids of those who are chosen for a part. */
    List<String> chosen(Part part) {
        var chosen = switch (part) {
            case ASSIGNEE -> assignees;
            case REVIEWER -> reviewers;
            case APPROVER -> approvers;
            case VOTER -> voters;
        };
        return chosen == null ? List.of() : chosen;
    }

    /** The ids of a part, separated by commas. */
    String ids(Part part) {
        return String.join(",", chosen(part));
    }

    /** The title, which says whether the request is ready. */
    private String wholeTitle() {
        var plain = text(title).strip();
        return on(draft)
                        && !plain.isEmpty()
                        && !plain.toLowerCase(java.util.Locale.ROOT).matches("(?s)(\\[?(wip|draft)).*")
                ? DRAFT + plain
                : plain;
    }

    NewMergeRequest request() {
        return new NewMergeRequest(
                wholeTitle(),
                source,
                target,
                targetRepository,
                voters == null ? null : ids(Part.VOTER),
                ids(Part.ASSIGNEE),
                reviewers == null ? null : ids(Part.REVIEWER),
                approvers == null ? null : ids(Part.APPROVER),
                text(description),
                null,
                null,
                on(remove),
                on(squash),
                null,
                null,
                null,
                null);
    }

    /** The change that the fields ask for; approvers are changed apart. */
    MergeRequestChange change(boolean voting) {
        return new MergeRequestChange(
                wholeTitle(),
                null,
                on(people) ? ids(Part.ASSIGNEE) : null,
                on(people) ? ids(voting ? Part.VOTER : Part.REVIEWER) : null,
                text(description),
                null,
                null,
                on(remove),
                on(squash),
                null,
                null,
                text(target).isEmpty() ? null : target);
    }
}
