package dev.granary.content;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.granary.commits.CommitSummary;
import dev.granary.commits.CommitView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lines of a file that stand together and come from one commit.
 *
 * @param avatarUrl null: there are no avatars
 * @param nickName the user behind the commit's author; null if nobody is, as the two after it
 */
record BlameView(
        CommitSummary commit,
        @Nullable String avatarUrl,
        List<Line> lines,
        @Nullable String nickName,
        @Nullable String tenantName,
        @Nullable String userName) {
    /**
     * A line of a file.
     *
     * @param number from 1
     */
    record Line(@JsonProperty("lineNO") int number, String content) {}

    static BlameView of(CommitView commit, List<Line> lines) {
        return new BlameView(
                CommitSummary.of(commit),
                commit.authorAvatarUrl(),
                lines,
                commit.nickName(),
                commit.tenantName(),
                commit.userName());
    }
}
