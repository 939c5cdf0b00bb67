package dev.granary.reviews;

import dev.granary.access.AccessService;
import dev.granary.access.Permission;
import dev.granary.kernel.Caller;
import dev.granary.kernel.Page;
import dev.granary.kernel.Scope;
import dev.granary.kernel.Times;
import dev.granary.merging.ChangedFile.Status;
import dev.granary.reviews.ChangeService.Change;
import dev.granary.reviews.ChangeService.Listing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What merge requests change, as the answers show it. */
@Component
class ChangeAnswers {
    private static final String FOLDER = "directory";
    private static final String FILE = "file";

    private final UserViews users;
    private final RepositoryViews views;
    private final AccessService access;

    ChangeAnswers(UserViews users, RepositoryViews views, AccessService access) {
        this.users = users;
        this.views = views;
        this.access = access;
    }

    /** A request, as the contract shows it in the place of its changes. */
    record Changed(
            long id,
            long repositoryId,
            String title,
            String description,
            String state,
            String sourceBranch,
            String targetBranch,
            UserViews.@Nullable Basic author,
            String webUrl,
            String createAt,
            String updateAt) {}

    /**
     * The changed files as a tree.
     *
     * @param canShowMyApprovalFiles false: people approve requests, not files
     */
    record Tree(boolean canShowMyApprovalFiles, List<Node> tree) {}

    /**
     * A folder or file.
     *
     * @param level from 1
     * @param fileType {@code directory} or {@code file}
     * @param diff null for a folder
     * @param items what is in a folder
     */
    record Node(
            String title,
            int level,
            String filePath,
            String fileType,
            @Nullable Diff diff,
            List<Node> items) {}

    /** How a file differs; see {@link ChangedFileView}. */
    record Diff(
            String diff,
            String newPath,
            String oldPath,
            String aMode,
            String bMode,
            boolean newFile,
            boolean renamedFile,
            boolean deletedFile,
            boolean tooLarge) {}

    /** A folder or file of v2's tree, which lists them all, each folder before what is in it. */
    record Flat(String title, int level, String filePath, String fileType) {}

    /** v2's tree. */
    record FlatTree(List<Flat> tree) {}

    List<ChangedFileView> files(Listing listing, boolean patches) {
        return listing.changes().stream()
                .map(change -> ChangedFileView.of(change.file(), listing.refs(), change.patch(), !patches))
                .toList();
    }

    Page<Changed> changed(Listing listing) {
        var found = listing.found();
        var request = found.request();
        return new Page<>(
                List.of(new Changed(
                        request.id(),
                        request.repositoryId(),
                        request.title(),
                        request.description(),
                        request.state(),
                        request.sourceBranch(),
                        request.targetBranch(),
                        users.known(Set.of(request.authorId())).basic(request.authorId()),
                        views.page(found.repository(), request.iid()),
                        Times.v4(request.createdAt()),
                        Times.v4(request.updatedAt()))),
                1);
    }

    /** One tree of a page of files; the total is that of all files. */
    Page<Tree> tree(Listing listing) {
        var root = new Folder("", 0);
        listing.changes().forEach(change -> root.put(change.file().path(), change));
        return new Page<>(List.of(new Tree(false, root.nodes())), listing.total());
    }

    FlatTree flatTree(Listing listing) {
        var root = new Folder("", 0);
        listing.changes().forEach(change -> root.put(change.file().path(), change));
        return new FlatTree(root.nodes().stream().flatMap(ChangeAnswers::flat).toList());
    }

    private static Stream<Flat> flat(Node node) {
        return Stream.concat(
                Stream.of(new Flat(node.title(), node.level(), node.filePath(), node.fileType())),
                node.items().stream().flatMap(ChangeAnswers::flat));
    }

    /** A folder while the tree is built; folders come before files. */
    private static final class Folder {
        private final String path;
        private final int level;
        private final Map<String, Folder> folders = new LinkedHashMap<>();
        private final Map<String, Change> files = new LinkedHashMap<>();

        Folder(String path, int level) {
            this.path = path;
            this.level = level;
        }

        /** Walks down rather than calling itself: paths are as deep as people make them. */
        void put(String filePath, Change change) {
            var folder = this;
            var begin = 0;
            for (var slash = filePath.indexOf('/'); slash >= 0; slash = filePath.indexOf('/', begin)) {
                var name = filePath.substring(begin, slash);
                var above = folder;
                var place = filePath.substring(0, slash);
                folder = folder.folders.computeIfAbsent(name, _ -> new Folder(place, above.level + 1));
                begin = slash + 1;
            }
            folder.files.put(filePath.substring(begin), change);
        }

        List<Node> nodes() {
            var nodes = new ArrayList<Node>();
            folders.forEach((name, folder) ->
                    nodes.add(new Node(name, folder.level, folder.path, FOLDER, null, folder.nodes())));
            files.forEach((name, change) ->
                    nodes.add(new Node(name, level + 1, change.file().path(), FILE, diff(change), List.of())));
            return nodes;
        }
    }

    private static Diff diff(Change change) {
        var file = change.file();
        var patch = change.patch();
        var tooLarge = patch != null && (patch.count().tooLarge() || patch.truncated());
        return new Diff(
                patch == null || tooLarge ? "" : patch.text(),
                file.newPath(),
                file.oldPath(),
                ChangedFileView.mode(file.oldMode()),
                ChangedFileView.mode(file.newMode()),
                file.status() == Status.ADDED,
                file.status() == Status.RENAMED,
                file.status() == Status.DELETED,
                tooLarge);
    }

    /** Whether the caller may merge a request. */
    boolean mayMerge(Caller caller, MergeRequest request) {
        return access.allows(caller, new Scope.Repository(request.repositoryId()), Permission.MERGE_REQUEST_MERGE);
    }
}
