package dev.granary.content;

import dev.granary.kernel.Caller;
import dev.granary.kernel.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Changes single files, each in a commit of its own, which {@link CommitService} makes and checks. */
@Service
class FileEditService {
    private static final String BRANCH = "branch";
    private static final String BRANCH_NAME = "branch_name";

    private final CommitService commits;

    FileEditService(CommitService commits) {
        this.commits = commits;
    }

    /** Makes a file. */
    FileEdit.Done create(Caller caller, long repositoryId, FileEdit edit) {
        var action = action(FileAction.Kind.CREATE, edit.filePath(), edit);
        return commit(caller, repositoryId, edit, action);
    }

    /** Gives a file another content. */
    FileEdit.Done update(Caller caller, long repositoryId, String path, FileEdit edit) {
        if (edit.filePath() != null && !edit.filePath().equals(path)) {
            throw Problem.invalid("file_path", "same");
        }
        return commit(caller, repositoryId, edit, action(FileAction.Kind.UPDATE, path, edit));
    }

    /** Removes a file. */
    void delete(Caller caller, long repositoryId, String path, FileEdit edit) {
        commit(caller, repositoryId, edit, action(FileAction.Kind.DELETE, path, edit));
    }

    /** Moves a file, with its content or with another. */
    FileEdit.Done rename(Caller caller, long repositoryId, FileEdit.Rename edit) {
        var keep = Boolean.TRUE.equals(edit.inferContent());
        if (!keep && edit.content() == null) {
            throw Problem.invalid("content", "required");
        }
        var action = new FileAction(
                FileAction.Kind.MOVE.wireName(),
                edit.filePath(),
                edit.previousPath(),
                keep ? null : edit.content(),
                edit.encoding(),
                edit.lastCommitId(),
                null);
        var request = new NewCommit(
                edit.branchName(),
                edit.commitMessage(),
                edit.startBranch(),
                null,
                edit.authorEmail(),
                edit.authorName(),
                false,
                false);
        commits.create(caller, repositoryId, request, action, BRANCH_NAME);
        return new FileEdit.Done(String.valueOf(edit.filePath()), String.valueOf(edit.branchName()));
    }

    /** Makes a folder and returns the commit's id. */
    String createFolder(Caller caller, long repositoryId, FileEdit.Folder folder) {
        var action =
                new FileAction(FileAction.Kind.CREATE_DIR.wireName(), folder.filePath(), null, null, null, null, null);
        var request = new NewCommit(folder.branchName(), folder.commitMessage(), null, null, null, null, false, false);
        return commits.create(caller, repositoryId, request, action, BRANCH_NAME)
                .id();
    }

    private static FileAction action(FileAction.Kind kind, @Nullable String path, FileEdit edit) {
        return new FileAction(kind.wireName(), path, null, edit.content(), edit.encoding(), edit.lastCommitId(), null);
    }

    private FileEdit.Done commit(Caller caller, long repositoryId, FileEdit edit, FileAction action) {
        var request = new NewCommit(
                edit.branch(), edit.commitMessage(), null, null, edit.authorEmail(), edit.authorName(), false, false);
        commits.create(caller, repositoryId, request, action, BRANCH);
        return new FileEdit.Done(String.valueOf(action.filePath()), String.valueOf(edit.branch()));
    }
}
