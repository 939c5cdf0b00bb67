package dev.granary.content;

import dev.granary.commits.Commit;
import dev.granary.kernel.Client;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Page;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Slice;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.eclipse.jgit.diff.DiffConfig;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.FollowFilter;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevSort;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.revwalk.filter.AndRevFilter;
import org.eclipse.jgit.revwalk.filter.CommitTimeRevFilter;
import org.eclipse.jgit.revwalk.filter.RevFilter;
import org.eclipse.jgit.treewalk.filter.TreeFilter;
import org.jspecify.annotations.Nullable;

/** Walks the history that a query describes, for one page of it. */
final class HistoryWalk {
    private static final Instant BEGINNING = Instant.EPOCH;
    private static final Instant END = Instant.ofEpochSecond(Integer.MAX_VALUE);
    /** A walk that takes longer than this ends with {@link ErrorCode#BUSY} instead of occupying a core. */
    private static final long PATIENCE_NANOS = 30_000_000_000L;

    private final ObjectReader reader;
    private final List<ObjectId> tips;
    private final CommitQuery query;
    private final long deadline = System.nanoTime() + PATIENCE_NANOS;
    private final Client client = Client.current();

    HistoryWalk(ObjectReader reader, List<ObjectId> tips, CommitQuery query) {
        this.reader = reader;
        this.tips = List.copyOf(tips);
        this.query = query;
    }

    /**
     * The commits of a slice, and how many there are.
     *
     * @param knownTotal how many there are, if that is known; -1 if nobody asks; otherwise null and they are counted
     */
    Page<Commit> page(Slice slice, @Nullable Long knownTotal) throws IOException {
        var ids = new ArrayList<ObjectId>();
        var seen = 0L;
        try (var walk = walk()) {
            for (var commit = walk.next(); commit != null; commit = walk.next()) {
                if (seen >= slice.offset() && ids.size() < slice.limit()) {
                    ids.add(commit.copy());
                }
                seen++;
                if (knownTotal != null && ids.size() == slice.limit()) {
                    break;
                }
                requireTime();
            }
        }
        return new Page<>(read(ids), knownTotal == null ? seen : knownTotal);
    }

    private void requireTime() {
        if (client.isGone() || System.nanoTime() - deadline > 0) {
            throw new Problem(ErrorCode.BUSY);
        }
    }

    /** Reads the commits anew: a walk with a path leaves its commits with other parents than they have. */
    private List<Commit> read(List<ObjectId> ids) throws IOException {
        var commits = new ArrayList<Commit>(ids.size());
        try (var walk = new RevWalk(reader)) {
            for (var id : ids) {
                var commit = walk.parseCommit(id);
                walk.parseBody(commit);
                commits.add(Commit.of(commit));
            }
        }
        return commits;
    }

    private RevWalk walk() throws IOException {
        var walk = new RevWalk(reader);
        walk.setRetainBody(query.author() != null || query.message() != null);
        walk.setRewriteParents(false);
        for (var tip : tips) {
            walk.markStart(walk.parseCommit(tip));
        }
        walk.sort(query.topological() ? RevSort.TOPO : RevSort.COMMIT_TIME_DESC);
        if (query.path() != null) {
            walk.setTreeFilter(pathFilter(query.path()));
        }
        walk.setRevFilter(filter());
        return walk;
    }

    private TreeFilter pathFilter(String path) {
        if (!query.follow()) {
            return PathChanges.filter(path);
        }
        var config = new Config();
        config.setBoolean("diff", null, "renames", true);
        return FollowFilter.create(path, config.get(DiffConfig.KEY));
    }

    private RevFilter filter() {
        var filters = new ArrayList<RevFilter>();
        filters.add(new Deadline());
        if (query.since() != null || query.until() != null) {
            filters.add(CommitTimeRevFilter.between(
                    query.since() == null ? BEGINNING : Instant.ofEpochSecond(query.since()),
                    query.until() == null ? END : Instant.ofEpochSecond(query.until())));
        }
        if (query.author() != null || query.message() != null) {
            filters.add(new TextFilter(lower(query.author()), lower(query.message())));
        }
        return filters.size() == 1 ? filters.getFirst() : AndRevFilter.create(filters);
    }

    private static @Nullable String lower(@Nullable String text) {
        return text == null ? null : text.toLowerCase(Locale.ROOT);
    }

    /** Ends walks that find nothing for too long. */
    private final class Deadline extends RevFilter {
        @Override
        public boolean include(RevWalk walker, RevCommit commit) {
            requireTime();
            return true;
        }

        @Override
        public boolean requiresCommitBody() {
            return false;
        }

        @Override
        public RevFilter clone() {
            return this;
        }
    }

    private static final class TextFilter extends RevFilter {
        private final @Nullable String author;
        private final @Nullable String message;

        private TextFilter(@Nullable String author, @Nullable String message) {
            this.author = author;
            this.message = message;
        }

        @Override
        public boolean include(RevWalk walker, RevCommit commit) {
            return (author == null || byAuthor(commit, author)) && (message == null || says(commit, message));
        }

        private static boolean byAuthor(RevCommit commit, String author) {
            var ident = commit.getAuthorIdent();
            return (ident.getName() + " <" + ident.getEmailAddress() + ">")
                    .toLowerCase(Locale.ROOT)
                    .contains(author);
        }

        private static boolean says(RevCommit commit, String message) {
            return commit.getFullMessage().toLowerCase(Locale.ROOT).contains(message)
                    || commit.name().startsWith(message);
        }

        @Override
        public RevFilter clone() {
            return this;
        }
    }
}
