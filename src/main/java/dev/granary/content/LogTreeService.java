package dev.granary.content;

import dev.granary.access.Permission;
import dev.granary.commits.Commit;
import dev.granary.commits.CommitViews;
import dev.granary.commits.GitWork;
import dev.granary.kernel.Caller;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Page;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Settings;
import dev.granary.kernel.Slice;
import dev.granary.repositories.HostedRepository;
import dev.granary.repositories.RepositoryService;
import dev.granary.repositories.Submodules;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Lists folders with the last commit of each entry. */
@Service
class LogTreeService {
    private final RepositoryService repositories;
    private final RevisionReader revisions;
    private final FolderHistories histories;
    private final GitWork work;
    private final SubmoduleLinks links;
    private final CommitViews views;
    private final long maximumBytes;

    LogTreeService(
            RepositoryService repositories,
            RevisionReader revisions,
            FolderHistories histories,
            GitWork work,
            SubmoduleLinks links,
            CommitViews views,
            Settings settings) {
        this.repositories = repositories;
        this.revisions = revisions;
        this.histories = histories;
        this.work = work;
        this.links = links;
        this.views = views;
        this.maximumBytes = settings.limits().uploadedFile().toBytes();
    }

    /**
     * Some entries of a folder of a commit.
     *
     * @param from the first one's place in the folder
     * @param total how many the folder has
     * @param large the ids of those that are too large to be shown
     * @param modules the submodules that the commit names
     */
    private record Listed(
            ObjectId commit,
            TreeEntry folder,
            int from,
            List<TreeEntry> entries,
            int total,
            Set<ObjectId> large,
            Config modules) {}

    /** A page of a folder in v4's form. */
    Page<LogTreeEntry> list(
            Caller caller, long repositoryId, @Nullable String revision, @Nullable String path, Slice slice) {
        var repository = repositories.require(caller, repositoryId, Permission.VIEW);
        var listed = revisions.find(
                caller, repository, "ref", revision, (git, walk, commit) -> read(git, walk, commit, path, slice));
        if (listed.isEmpty()) {
            if (path != null && !path.isEmpty()) {
                throw new Problem(ErrorCode.FILE_NOT_FOUND, path);
            }
            return new Page<>(List.of(), 0);
        }
        var page = listed.get();
        var commits = views.of(commits(repository, page));
        var known = links.of(caller, repository, page.modules());
        var items = IntStream.range(0, page.entries().size())
                .mapToObj(index -> {
                    var entry = page.entries().get(index);
                    var link = entry.isSubmodule() ? known.get(entry.path()) : null;
                    return LogTreeEntry.of(
                            entry, commits.get(index), link, page.large().contains(entry.id()));
                })
                .toList();
        return new Page<>(items, page.total());
    }

    /** The last commits of some entries of a folder, by the entries' names. */
    Map<String, Commit> lastCommits(Caller caller, long repositoryId, String revision, String path, Slice slice) {
        var repository = repositories.require(caller, repositoryId, Permission.VIEW);
        var page = revisions.read(
                caller, repository, "ref", revision, (git, walk, commit) -> read(git, walk, commit, path, slice));
        var commits = commits(repository, page);
        var byName = new LinkedHashMap<String, Commit>();
        for (var index = 0; index < commits.size(); index++) {
            byName.put(page.entries().get(index).name(), commits.get(index));
        }
        return byName;
    }

    /** A page of a branch's folder in v1's form, of a repository named by its 32-digit id. */
    LegacySubfiles list(Caller caller, String uuid, String branch, @Nullable String path, Slice slice) {
        var repository = repositories.requireByUuid(caller, uuid, Permission.VIEW);
        if (branch.isEmpty()) {
            throw Problem.invalid("branch_name", "required");
        }
        var page = revisions.read(
                caller, repository, "branch_name", branch, (git, walk, commit) -> read(git, walk, commit, path, slice));
        var commits = commits(repository, page);
        var entries = IntStream.range(0, page.entries().size())
                .mapToObj(index -> LegacySubfiles.Entry.of(page.entries().get(index), commits.get(index)))
                .toList();
        return new LegacySubfiles(entries, page.total());
    }

    private Listed read(Repository git, RevWalk walk, RevCommit commit, @Nullable String path, Slice slice)
            throws IOException {
        var reader = walk.getObjectReader();
        var folder = TreeEntry.requireFolder(reader, commit.getTree(), "path", path);
        var entries = new ArrayList<TreeEntry>();
        var total = 0;
        try (var tree = new TreeWalk(reader)) {
            tree.addTree(folder.id());
            for (; tree.next(); total++) {
                if (total >= slice.offset() && entries.size() < slice.limit()) {
                    var entry = TreeEntry.at(tree);
                    entries.add(new TreeEntry(folder.child(entry.path()), entry.name(), entry.mode(), entry.id()));
                }
            }
        }
        var submodules = entries.stream().anyMatch(TreeEntry::isSubmodule);
        return new Listed(
                commit.copy(),
                folder,
                (int) Math.min(slice.offset(), total),
                entries,
                total,
                large(reader, entries),
                submodules ? Submodules.read(git, walk, commit) : new Config());
    }

    private Set<ObjectId> large(ObjectReader reader, List<TreeEntry> entries) throws IOException {
        var large = new HashSet<ObjectId>();
        for (var entry : entries) {
            if (entry.isFile() && reader.getObjectSize(entry.id(), Constants.OBJ_BLOB) > maximumBytes) {
                large.add(entry.id());
            }
        }
        return large;
    }

    /** The last commit of each entry, in their order. */
    private List<Commit> commits(HostedRepository repository, Listed page) {
        if (page.entries().isEmpty()) {
            return List.of();
        }
        var ids = histories.find(
                repository,
                page.commit(),
                page.folder(),
                page.from(),
                page.from() + page.entries().size());
        try (var git = repositories.open(repository)) {
            return work.run(() -> read(git, ids));
        }
    }

    private static List<Commit> read(Repository git, List<ObjectId> ids) throws IOException {
        var known = new HashMap<ObjectId, Commit>();
        try (var walk = new RevWalk(git)) {
            var commits = new ArrayList<Commit>(ids.size());
            for (var id : ids) {
                var commit = known.get(id);
                if (commit == null) {
                    var parsed = walk.parseCommit(id);
                    walk.parseBody(parsed);
                    commit = Commit.of(parsed);
                    known.put(id, commit);
                }
                commits.add(commit);
            }
            return commits;
        }
    }
}
