package dev.granary.content;

import dev.granary.access.Permission;
import dev.granary.commits.Commit;
import dev.granary.content.CommitService.Order;
import dev.granary.kernel.Caller;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import dev.granary.repositories.RepositoryService;
import java.util.List;
import org.eclipse.jgit.lib.ObjectId;
import org.springframework.stereotype.Service;

/** Changes files of branches in the name of users, for other parts of the server. */
@Service
public class FileCommits {
    private final RepositoryService repositories;
    private final CommitService commits;

    FileCommits(RepositoryService repositories, CommitService commits) {
        this.repositories = repositories;
        this.commits = commits;
    }

    /**
     * Gives a file of a branch another content and returns the commit that does so, past all rules of the branch.
     *
     * @param branch without {@code refs/heads/}
     * @param known the commit whose file the new content was made of
     * @throws Problem {@link ErrorCode#FILE_CHANGED} when the branch has another file by now
     */
    public Commit update(
            Caller.User user,
            long repositoryId,
            String branch,
            ObjectId known,
            String path,
            byte[] content,
            String message) {
        var repository = repositories.require(user, repositoryId, Permission.COMMIT);
        var ref = CommitService.branch("branch", branch);
        var change = FileChange.ofFile(FilePath.parse("file_path", path), content, known);
        var order = new Order(ref, null, CommitService.message(message), List.of(change), null, null, false);
        try (var git = repositories.open(user, repository)) {
            return commits.commit(user, repository, git, () -> order, ref);
        }
    }
}
