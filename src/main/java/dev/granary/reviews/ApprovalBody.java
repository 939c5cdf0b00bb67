package dev.granary.reviews;

import dev.granary.kernel.Problem;
import dev.granary.kernel.Texts;
import org.jspecify.annotations.Nullable;

/**
 * What somebody says of a merge request.
 *
 * @param actionType {@code approve}, {@code reject}, or {@code reset} to take back what was said
 */
public record ApprovalBody(
        @Nullable String actionType, @Nullable String approverComment) {
    private static final int LONGEST_COMMENT = 2_000;

    /** What was said. */
    enum Word {
        APPROVE,
        REJECT,
        RESET;

        /** What the state is then. */
        String state() {
            return switch (this) {
                case APPROVE -> ApprovalGates.ACCEPTED;
                case REJECT -> "rejected";
                case RESET -> "pending";
            };
        }
    }

    Word word() {
        return switch (actionType) {
            case "approve" -> Word.APPROVE;
            case "reject" -> Word.REJECT;
            case "reset" -> Word.RESET;
            case null, default -> throw Problem.invalid("action_type", "one-of", "approve, reject, reset");
        };
    }

    String comment() {
        return Texts.lines("approver_comment", approverComment, LONGEST_COMMENT);
    }
}
