package dev.granary.content;

import dev.granary.access.Permission;
import dev.granary.commits.Commit;
import dev.granary.kernel.Caller;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Slice;
import dev.granary.repositories.HostedRepository;
import dev.granary.repositories.RepositoryService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Files and folders as the page shows them: whole folders, their folders first, and texts ready to be read. */
@Service
public class BrowseService {
    /** The most entries of a folder that are shown. */
    static final int MOST_ENTRIES = 5_000;

    /** The largest text that is shown as such. */
    private static final int LARGEST_TEXT = 2 << 20;

    private static final int LARGEST_README = 512 << 10;
    private static final int DEEPEST_REF = 16;

    private final RepositoryService repositories;
    private final RevisionReader revisions;
    private final LogTreeService histories;

    BrowseService(RepositoryService repositories, RevisionReader revisions, LogTreeService histories) {
        this.repositories = repositories;
        this.revisions = revisions;
        this.histories = histories;
    }

    /**
     * Where in a repository a page is.
     *
     * @param ref a branch, a tag or a commit id
     * @param path of a file or folder; empty for the root
     */
    public record Place(String ref, String path) {}

    /**
     * An entry of a folder.
     *
     * @param kind {@code folder}, {@code file}, {@code link} or {@code submodule}
     */
    public record Entry(String name, String path, String kind, String id) {}

    /**
     * A folder of a commit.
     *
     * @param last the commit that the ref names
     * @param entries folders first, each kind in Git's order
     * @param more whether there are more than are listed
     * @param readme the file that tells about it; null for none
     */
    public record Folder(
            Commit last,
            List<Entry> entries,
            boolean more,
            @Nullable Text readme) {}

    /** A text file: its path, its content, and whether that was cut off. */
    public record Text(String path, String content, boolean cut) {}

    /**
     * A file of a commit.
     *
     * @param last the commit that the ref names
     * @param size in bytes
     * @param mode six octal digits
     * @param type {@code text}, {@code binary}, {@code symlink} or {@code lfs}
     * @param mediaType what a browser may take it for
     * @param text null for what is no text, or too long to be shown
     */
    public record File(
            Commit last,
            String path,
            String id,
            long size,
            String mode,
            String type,
            String mediaType,
            @Nullable String text) {
        /** How many lines the text has. */
        public int lines() {
            return text == null ? 0 : (int) text.lines().count();
        }

        /** Whether it is a picture that browsers show. */
        public boolean isImage() {
            return mediaType.startsWith("image/");
        }
    }

    /**
     * Tells in the end of an address where the ref ends and the path begins: the shortest beginning that is a branch, else
     * a tag, else the first segment. Names of branches do not begin with one another.
     *
     * @param text for example {@code feature/a/src/Main.java}; empty for the root of the default branch
     */
    public Place locate(Caller caller, HostedRepository repository, String text) {
        if (text.isEmpty()) {
            return new Place(repository.defaultBranch(), "");
        }
        try (var git = repositories.open(caller, repository)) {
            for (var space : List.of(Constants.R_HEADS, Constants.R_TAGS)) {
                var end = text.indexOf('/');
                for (var depth = 0; depth < DEEPEST_REF; depth++) {
                    var name = end < 0 ? text : text.substring(0, end);
                    if (Repository.isValidRefName(space + name) && git.exactRef(space + name) != null) {
                        return place(name, text);
                    }
                    if (end < 0) {
                        break;
                    }
                    end = text.indexOf('/', end + 1);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var slash = text.indexOf('/');
        return place(slash < 0 ? text : text.substring(0, slash), text);
    }

    /** Whether a ref is a branch. */
    public boolean isBranch(Caller caller, HostedRepository repository, String ref) {
        try (var git = repositories.open(caller, repository)) {
            var name = Constants.R_HEADS + ref;
            return Repository.isValidRefName(name) && git.exactRef(name) != null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Place place(String ref, String text) {
        var path = text.substring(Math.min(ref.length() + 1, text.length()));
        return new Place(ref, path.endsWith("/") ? path.substring(0, path.length() - 1) : path);
    }

    /** A folder; empty for the root of a repository without commits. */
    public Optional<Folder> folder(Caller caller, long repositoryId, Place place) {
        var repository = repositories.require(caller, repositoryId, Permission.VIEW);
        var isRoot = place.path().isEmpty() && place.ref().equals(repository.defaultBranch());
        return revisions.find(
                caller,
                repository,
                "ref",
                isRoot ? null : place.ref(),
                (_, walk, commit) -> folder(walk, commit, place.path()));
    }

    private static Folder folder(RevWalk walk, RevCommit commit, String path) throws IOException {
        var reader = walk.getObjectReader();
        var folder = TreeEntry.requireFolder(reader, commit.getTree(), "path", path);
        var entries = new ArrayList<Entry>();
        TreeEntry readme = null;
        var more = false;
        try (var tree = new TreeWalk(reader)) {
            tree.addTree(folder.id());
            while (tree.next()) {
                if (entries.size() == MOST_ENTRIES) {
                    more = true;
                    break;
                }
                var entry = TreeEntry.at(tree);
                entries.add(new Entry(
                        entry.name(),
                        folder.child(entry.name()),
                        kind(entry),
                        entry.id().name()));
                readme = FileService.betterReadme(readme, entry);
            }
        }
        entries.sort(Comparator.comparingInt(entry -> entry.kind().equals("folder") ? 0 : 1));
        walk.parseBody(commit);
        return new Folder(Commit.of(commit), entries, more, readme == null ? null : readme(reader, folder, readme));
    }

    private static String kind(TreeEntry entry) {
        if (entry.isFolder()) {
            return "folder";
        }
        return entry.isSubmodule() ? "submodule" : FileMode.SYMLINK.equals(entry.mode()) ? "link" : "file";
    }

    private static @Nullable Text readme(ObjectReader reader, TreeEntry folder, TreeEntry entry) throws IOException {
        var loader = reader.open(entry.id(), Constants.OBJ_BLOB);
        try (var in = loader.openStream()) {
            var bytes = in.readNBytes(LARGEST_README);
            var kind = ContentKind.of(entry.mode(), bytes, loader.getSize());
            return kind.charset() == null
                    ? null
                    : new Text(
                            folder.child(entry.name()), decode(bytes, kind.charset()), bytes.length < loader.getSize());
        }
    }

    private static String decode(byte[] bytes, Charset charset) {
        var text = new String(bytes, charset);
        return charset.equals(StandardCharsets.UTF_8) && text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    /**
     * The last commits of some entries of a folder, by the entries' names.
     *
     * @param slice which of them, in Git's order
     */
    public Map<String, Commit> lastCommits(Caller caller, long repositoryId, Place place, Slice slice) {
        return histories.lastCommits(caller, repositoryId, place.ref(), place.path(), slice);
    }

    /** A file. */
    public File file(Caller caller, long repositoryId, Place place) {
        var repository = repositories.require(caller, repositoryId, Permission.VIEW);
        var path = FilePath.stored("path", place.path());
        return revisions.read(caller, repository, "ref", place.ref(), (_, walk, commit) -> {
            var reader = walk.getObjectReader();
            var blob = LoadedBlob.read(reader, TreeEntry.requireFile(reader, commit.getTree(), path), LARGEST_TEXT);
            walk.parseBody(commit);
            var kind = blob.kind();
            var bytes = blob.bytes();
            return new File(
                    Commit.of(commit),
                    place.path(),
                    blob.id(),
                    blob.size(),
                    blob.entry().octalMode(),
                    kind.fileType(),
                    kind.mediaType(),
                    bytes == null || kind.charset() == null
                            ? null
                            : decode(bytes, Objects.requireNonNull(kind.charset())));
        });
    }

    /** Whether a path of a ref is a folder; the failure of {@link #file} where it is nothing. */
    public boolean isFolder(Caller caller, long repositoryId, Place place) {
        if (place.path().isEmpty()) {
            return true;
        }
        var repository = repositories.require(caller, repositoryId, Permission.VIEW);
        var path = FilePath.stored("path", place.path());
        return revisions.read(caller, repository, "ref", place.ref(), (_, walk, commit) -> {
            var entry = TreeEntry.find(walk.getObjectReader(), commit.getTree(), path);
            if (entry == null) {
                throw new Problem(ErrorCode.FILE_NOT_FOUND, place.path());
            }
            return entry.isFolder();
        });
    }
}
