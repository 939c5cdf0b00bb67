package dev.granary.content;

import dev.granary.commits.Commit;
import dev.granary.kernel.Caller;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Changes of files made in a browser, each a commit of its own, which {@link CommitService} makes and checks. */
@Service
public class PageEditService {
    private final CommitService commits;
    private final int maximumBytes;

    PageEditService(CommitService commits, Settings settings) {
        this.commits = commits;
        this.maximumBytes = Math.toIntExact(settings.limits().uploadedFile().toBytes());
    }

    /**
     * The commit that a change becomes.
     *
     * @param branch the branch it goes to
     * @param start the branch that a new {@code branch} begins at; empty: {@code branch} is there already
     * @param known a commit that has the files as the user saw them; empty checks nothing
     */
    public record Target(String branch, String start, String message, String known) {}

    /** Makes a text file. */
    public Commit create(Caller caller, long repositoryId, Target target, String path, String text) {
        return commit(caller, repositoryId, target, FileAction.Kind.CREATE, path, null, bytes(text));
    }

    /**
     * Gives a file another text, and another path where it differs.
     *
     * @throws Problem {@link ErrorCode#FILE_CHANGED} when somebody changed the file since the known commit
     */
    public Commit update(Caller caller, long repositoryId, Target target, String path, String newPath, String text) {
        return path.equals(newPath)
                ? commit(caller, repositoryId, target, FileAction.Kind.UPDATE, path, null, bytes(text))
                : commit(caller, repositoryId, target, FileAction.Kind.MOVE, newPath, path, bytes(text));
    }

    /** Removes a file; fails as an update does. */
    public Commit delete(Caller caller, long repositoryId, Target target, String path) {
        return commit(caller, repositoryId, target, FileAction.Kind.DELETE, path, null, null);
    }

    /**
     * Makes a file of what a client sends, as far as files may be large.
     *
     * @throws Problem {@link ErrorCode#FILE_TOO_LARGE}
     */
    public Commit upload(Caller caller, long repositoryId, Target target, String path, InputStream content)
            throws IOException {
        var bytes = content.readNBytes(maximumBytes + 1);
        if (bytes.length > maximumBytes) {
            throw new Problem(ErrorCode.FILE_TOO_LARGE, path, Integer.toString(maximumBytes));
        }
        return commit(caller, repositoryId, target, FileAction.Kind.CREATE, path, null, bytes);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Commit commit(
            Caller caller,
            long repositoryId,
            Target target,
            FileAction.Kind kind,
            String path,
            @Nullable String previousPath,
            byte @Nullable [] content) {
        var action = new FileAction(
                kind.wireName(),
                path,
                previousPath,
                content == null ? null : Base64.getEncoder().encodeToString(content),
                "base64",
                target.known(),
                null);
        var request = new NewCommit(target.branch(), target.message(), target.start(), null, null, null, false, false);
        return commits.create(caller, repositoryId, request, action, "branch");
    }
}
