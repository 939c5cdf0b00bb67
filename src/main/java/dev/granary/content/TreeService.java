package dev.granary.content;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.granary.access.Permission;
import dev.granary.content.SubmoduleLinks.Link;
import dev.granary.kernel.Caller;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Page;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Slice;
import dev.granary.repositories.HostedRepository;
import dev.granary.repositories.RepositoryService;
import dev.granary.repositories.Submodules;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Lists what the folders of commits hold, in the order of Git: by bytes, folders as if their names ended with a slash. */
@Service
public class TreeService {
    private static final int MAXIMUM_SEARCH = 255;
    /** The most entries of a folder that the tree on the way to a file shows. */
    private static final int MAXIMUM_ENTRIES = 2000;

    private static final int MAXIMUM_DEPTH = 50;

    private final RepositoryService repositories;
    private final RevisionReader revisions;
    private final SubmoduleLinks links;

    /** How many entries a listing has never changes: the tree's id is part of the key. */
    private final Cache<Listing, Long> totals =
            Caffeine.newBuilder().maximumSize(10_000).build();

    TreeService(RepositoryService repositories, RevisionReader revisions, SubmoduleLinks links) {
        this.repositories = repositories;
        this.revisions = revisions;
        this.links = links;
    }

    /**
     * What is listed.
     *
     * @param deep whether folders within are listed with what they hold, or not at all
     * @param search a part of the paths, in lower case; null for every entry, folders too
     */
    private record Listing(
            ObjectId tree, boolean deep, @Nullable String search) {}

    /** What was read in a commit: a page of it, and the submodules that the commit names. */
    private record Found(Page<TreeEntry> page, Config modules) {}

    /** A page of a folder's entries. */
    Page<TreeObject> list(
            Caller caller,
            long repositoryId,
            @Nullable String revision,
            @Nullable String path,
            boolean recursive,
            Slice slice) {
        var repository = repositories.require(caller, repositoryId, Permission.VIEW);
        var found = revisions.find(caller, repository, "ref", revision, (git, walk, commit) -> {
            var folder = TreeEntry.requireFolder(walk.getObjectReader(), commit.getTree(), "path", path);
            var page = page(walk, folder, new Listing(folder.id(), recursive, null), slice);
            var submodules = page.items().stream().anyMatch(TreeEntry::isSubmodule);
            return new Found(page, submodules ? Submodules.read(git, walk, commit) : new Config());
        });
        return found.map(all -> {
                    var known = links.of(caller, repository, all.modules());
                    return all.page().map(entry -> TreeObject.of(entry, link(known, entry)));
                })
                .orElseGet(() -> nothing(path));
    }

    /** An empty repository has its root, and nothing else. */
    private static Page<TreeObject> nothing(@Nullable String path) {
        if (path != null && !path.isEmpty()) {
            throw new Problem(ErrorCode.FILE_NOT_FOUND, path);
        }
        return new Page<>(List.of(), 0);
    }

    /**
     * A page of the paths of all files.
     *
     * @param revision null for the default branch
     * @param search a part of the paths, whatever its case; null for every file
     */
    public Page<String> files(
            Caller caller, long repositoryId, @Nullable String revision, @Nullable String search, Slice slice) {
        var repository = repositories.require(caller, repositoryId, Permission.VIEW);
        var sought = Objects.requireNonNullElse(search, "").toLowerCase(Locale.ROOT);
        if (sought.length() > MAXIMUM_SEARCH) {
            throw Problem.invalid("search", "length", 0, MAXIMUM_SEARCH);
        }
        return revisions
                .find(caller, repository, "ref_name", revision, (_, walk, commit) -> {
                    var root = TreeEntry.requireFolder(walk.getObjectReader(), commit.getTree(), "path", null);
                    return page(walk, root, new Listing(root.id(), true, sought), slice);
                })
                .map(page -> page.map(TreeEntry::path))
                .orElseGet(() -> new Page<>(List.of(), 0));
    }

    private Page<TreeEntry> page(RevWalk walk, TreeEntry folder, Listing listing, Slice slice) throws IOException {
        var known = totals.getIfPresent(listing);
        var items = new ArrayList<TreeEntry>();
        var count = 0L;
        try (var tree = new TreeWalk(walk.getObjectReader())) {
            tree.addTree(folder.id());
            var shown = shown(listing);
            while ((known == null || items.size() < slice.limit()) && tree.next()) {
                if (shown.test(tree)) {
                    if (count >= slice.offset() && items.size() < slice.limit()) {
                        var entry = TreeEntry.at(tree);
                        items.add(new TreeEntry(folder.child(entry.path()), entry.name(), entry.mode(), entry.id()));
                    }
                    count++;
                }
                if (listing.deep() && tree.isSubtree()) {
                    tree.enterSubtree();
                }
            }
        }
        if (known == null) {
            totals.put(listing, count);
        }
        return new Page<>(items, known == null ? count : known);
    }

    private static Predicate<TreeWalk> shown(Listing listing) {
        var search = listing.search();
        if (search == null) {
            return _ -> true;
        }
        return tree -> !tree.isSubtree()
                && (search.isEmpty()
                        || tree.getPathString().toLowerCase(Locale.ROOT).contains(search));
    }

    /**
     * The root's entries, and those of every folder on the way to a file or folder.
     *
     * @param path null or empty for the root alone
     */
    List<TreeNode> upper(Caller caller, long repositoryId, @Nullable String revision, @Nullable String path) {
        var repository = repositories.require(caller, repositoryId, Permission.VIEW);
        var wanted = path == null || path.isEmpty() ? null : FilePath.stored("file_path", path);
        if (wanted != null && wanted.names().size() > MAXIMUM_DEPTH) {
            throw Problem.invalid("file_path", "maximum-count", MAXIMUM_DEPTH);
        }
        return revisions
                .find(
                        caller,
                        repository,
                        "ref_name",
                        revision,
                        (git, walk, commit) ->
                                upper(caller, repository, walk, commit, wanted, Submodules.read(git, walk, commit)))
                .orElseGet(List::of);
    }

    private List<TreeNode> upper(
            Caller caller,
            HostedRepository repository,
            RevWalk walk,
            RevCommit commit,
            @Nullable FilePath wanted,
            Config modules)
            throws IOException {
        var reader = walk.getObjectReader();
        if (wanted != null && TreeEntry.find(reader, commit.getTree(), wanted) == null) {
            throw new Problem(ErrorCode.FILE_NOT_FOUND, wanted.text());
        }
        var known = links.of(caller, repository, modules);
        var root = TreeEntry.requireFolder(reader, commit.getTree(), "path", null);
        return nodes(walk, root, wanted == null ? "" : wanted.text() + "/", 1, known);
    }

    /** @param open the path of what is to be found, with a slash at its end */
    private static List<TreeNode> nodes(RevWalk walk, TreeEntry folder, String open, int level, Map<String, Link> links)
            throws IOException {
        var nodes = new ArrayList<TreeNode>();
        try (var tree = new TreeWalk(walk.getObjectReader())) {
            tree.addTree(folder.id());
            while (tree.next()) {
                var path = folder.child(tree.getPathString());
                var onTheWay = open.startsWith(path + "/");
                if (nodes.size() >= MAXIMUM_ENTRIES && !onTheWay) {
                    continue;
                }
                var entry = new TreeEntry(path, tree.getNameString(), tree.getFileMode(0), tree.getObjectId(0));
                var opened = onTheWay && entry.isFolder();
                var link = link(links, entry);
                nodes.add(new TreeNode(
                        entry.id().name(),
                        entry.name(),
                        entry.type(),
                        path,
                        level,
                        opened,
                        entry.isFolder() && !opened,
                        opened ? nodes(walk, entry, open, level + 1, links) : List.of(),
                        link == null ? null : link.address()));
            }
        }
        return nodes;
    }

    private static @Nullable Link link(Map<String, Link> links, TreeEntry entry) {
        return FileMode.GITLINK.equals(entry.mode()) ? links.get(entry.path()) : null;
    }
}
