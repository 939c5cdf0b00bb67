package dev.granary.commits;

import dev.granary.identity.CommitSignatures.Signed;
import java.util.Arrays;
import java.util.List;
import org.eclipse.jgit.revwalk.RevCommit;
import org.jspecify.annotations.Nullable;

/**
 * A commit as the operations know it. Times are epoch milliseconds.
 *
 * @param stats how many lines it changed, where that was asked for
 * @param signed what was signed; null for a commit without a signature
 */
public record Commit(
        String id,
        List<String> parentIds,
        String message,
        String authorName,
        String authorEmail,
        long authoredAt,
        String committerName,
        String committerEmail,
        long committedAt,
        @Nullable LineStats stats,
        @Nullable Signed signed) {
    private static final int SHORT_ID = 8;

    /** A commit whose headers and body have been read. */
    public static Commit of(RevCommit commit) {
        var author = commit.getAuthorIdent();
        var committer = commit.getCommitterIdent();
        return new Commit(
                commit.name(),
                Arrays.stream(commit.getParents()).map(RevCommit::name).toList(),
                commit.getFullMessage(),
                author.getName(),
                author.getEmailAddress(),
                author.getWhenAsInstant().toEpochMilli(),
                committer.getName(),
                committer.getEmailAddress(),
                committer.getWhenAsInstant().toEpochMilli(),
                null,
                SignedContent.of(commit));
    }

    /** The same with its changed lines. */
    public Commit with(LineStats lines) {
        return new Commit(
                id,
                parentIds,
                message,
                authorName,
                authorEmail,
                authoredAt,
                committerName,
                committerEmail,
                committedAt,
                lines,
                signed);
    }

    /** The first eight digits. */
    public String shortId() {
        return id.substring(0, SHORT_ID);
    }

    /** The first line of the message. */
    public String title() {
        return message.lines().findFirst().orElse("");
    }
}
