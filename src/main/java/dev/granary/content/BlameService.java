package dev.granary.content;

import dev.granary.access.Permission;
import dev.granary.commits.Commit;
import dev.granary.commits.CommitViews;
import dev.granary.kernel.Caller;
import dev.granary.kernel.Problem;
import dev.granary.repositories.HostedRepository;
import dev.granary.repositories.RepositoryService;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevTree;
import org.eclipse.jgit.revwalk.RevWalk;
import org.springframework.stereotype.Service;

/** Shows the lines of files, and which commits they come from. */
@Service
public class BlameService {
    private static final FilePath IGNORED = FilePath.parse("path", ".git-blame-ignore-revs");
    private static final Pattern COMMENT = Pattern.compile("#.*");
    private static final Pattern ID = Pattern.compile("[0-9a-fA-F]{40}");
    private static final int MOST_IGNORED = 10_000;
    private static final int MOST_LINES = 5000;
    private static final int MOST_SHOWN = 20_000;

    private final RepositoryService repositories;
    private final RevisionReader revisions;
    private final LastCommits lastCommits;
    private final BlameReader blames;
    private final LongWork work;
    private final CommitViews views;

    BlameService(
            RepositoryService repositories,
            RevisionReader revisions,
            LastCommits lastCommits,
            BlameReader blames,
            LongWork work,
            CommitViews views) {
        this.repositories = repositories;
        this.revisions = revisions;
        this.lastCommits = lastCommits;
        this.blames = blames;
        this.work = work;
        this.views = views;
    }

    /** A file, and what is needed to tell where it comes from. */
    private record Asked(FileLines lines, ObjectId last, Set<ObjectId> ignored) {}

    private record Found(Blame blame, List<Commit> commits) {}

    /**
     * The lines of a file with their commits.
     *
     * @param ignoring whether commits named by the commit's {@code .git-blame-ignore-revs} file are left out
     */
    List<BlameView> blame(Caller caller, long repositoryId, String path, String revision, boolean ignoring) {
        var repository = repositories.require(caller, repositoryId, Permission.VIEW);
        var file = FilePath.stored("file_path", path);
        var asked = asked(caller, repository, file, required("sha", revision), ignoring);
        return views(asked.lines(), found(repository, file, asked));
    }

    private Asked asked(Caller caller, HostedRepository repository, FilePath file, String revision, boolean ignoring) {
        return revisions.read(caller, repository, "sha", revision, (_, walk, commit) -> {
            var reader = walk.getObjectReader();
            var entry = TreeEntry.requireFile(reader, commit.getTree(), file);
            return new Asked(
                    FileLines.read(reader, entry),
                    lastCommits.find(reader, commit, file.text()),
                    ignoring ? ignored(reader, commit.getTree()) : Set.of());
        });
    }

    private Found found(HostedRepository repository, FilePath file, Asked asked) {
        try (var git = repositories.open(repository)) {
            return work.run(() -> {
                var blame = blames.read(git, asked.last(), file.text(), asked.ignored());
                return new Found(blame, commits(git, blame));
            });
        }
    }

    /**
     * The lines of a file with the commits that they come from, as they are shown.
     *
     * @param blocks in the order of the file
     * @param size how many lines the file has: more than are in the blocks where it is very long
     */
    public record Blamed(List<Block> blocks, int size) {
        public Blamed {
            blocks = List.copyOf(blocks);
        }
    }

    /**
     * Lines that stand together and come from one commit.
     *
     * @param first the number of the first one, from 1
     */
    public record Block(Commit commit, int first, List<String> lines) {
        public Block {
            lines = List.copyOf(lines);
        }
    }

    /** The lines of a file with the commits that they come from; not those that the repository says to leave out. */
    public Blamed blamed(Caller caller, long repositoryId, BrowseService.Place place) {
        var repository = repositories.require(caller, repositoryId, Permission.VIEW);
        var file = FilePath.stored("path", place.path());
        var asked = asked(caller, repository, file, place.ref(), true);
        var found = found(repository, file, asked);
        var blocks = new ArrayList<Block>();
        var next = 0;
        for (var index = 0; index < found.commits().size() && next < MOST_SHOWN; index++) {
            var end = next + found.blame().regions().get(index).count();
            var lines = IntStream.range(next, Math.min(end, MOST_SHOWN))
                    .mapToObj(asked.lines()::line)
                    .toList();
            blocks.add(new Block(found.commits().get(index), next + 1, lines));
            next = end;
        }
        return new Blamed(blocks, asked.lines().size());
    }

    private static String required(String field, String text) {
        if (text.isEmpty()) {
            throw Problem.invalid(field, "required");
        }
        return text;
    }

    private static List<Commit> commits(Repository git, Blame blame) throws IOException {
        var known = new HashMap<ObjectId, Commit>();
        var commits = new ArrayList<Commit>(blame.regions().size());
        try (var walk = new RevWalk(git)) {
            for (var region : blame.regions()) {
                var commit = known.get(region.commit());
                if (commit == null) {
                    commit = commit(walk, region.commit());
                    known.put(region.commit(), commit);
                }
                commits.add(commit);
            }
        }
        return commits;
    }

    private static Commit commit(RevWalk walk, ObjectId id) throws IOException {
        var commit = walk.parseCommit(id);
        walk.parseBody(commit);
        return Commit.of(commit);
    }

    private List<BlameView> views(FileLines lines, Found found) {
        var commits = views.of(found.commits());
        var shown = new ArrayList<BlameView>(commits.size());
        var next = 0;
        for (var index = 0; index < commits.size(); index++) {
            var content = new ArrayList<BlameView.Line>();
            for (var count = found.blame().regions().get(index).count(); count > 0; count--) {
                content.add(new BlameView.Line(next + 1, lines.line(next)));
                next++;
            }
            shown.add(BlameView.of(commits.get(index), content));
        }
        return shown;
    }

    /** One id a line; what follows a {@code #} is a remark. */
    private static Set<ObjectId> ignored(ObjectReader reader, RevTree tree) throws IOException {
        var entry = TreeEntry.find(reader, tree, IGNORED);
        if (entry == null || !entry.isFile()) {
            return Set.of();
        }
        var lines = FileLines.read(reader, entry);
        var ids = new HashSet<ObjectId>();
        for (var index = 0; index < lines.size() && ids.size() < MOST_IGNORED; index++) {
            var id = COMMENT.matcher(lines.line(index)).replaceFirst("").strip();
            if (ID.matcher(id).matches()) {
                ids.add(ObjectId.fromString(id));
            }
        }
        return Set.copyOf(ids);
    }

    /** Some lines of a file, counted from 1; those beyond its end are left out. */
    String lines(Caller caller, long repositoryId, String path, String revision, int start, int end) {
        var repository = repositories.require(caller, repositoryId, Permission.VIEW);
        var file = FilePath.stored("file_path", path);
        if (start < 1) {
            throw Problem.invalid("start", "minimum", 1);
        }
        if (end < start || end - start >= MOST_LINES) {
            throw Problem.invalid("end", "range", start, start + MOST_LINES - 1L);
        }
        return revisions.read(caller, repository, "commit_id", required("commit_id", revision), (_, walk, commit) -> {
            var reader = walk.getObjectReader();
            var lines = FileLines.read(reader, TreeEntry.requireFile(reader, commit.getTree(), file));
            var from = Math.min(start - 1, lines.size());
            return lines.text(from, Math.min(end, lines.size()));
        });
    }
}
