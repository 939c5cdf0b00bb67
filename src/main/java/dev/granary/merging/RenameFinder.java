package dev.granary.merging;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.eclipse.jgit.diff.SimilarityIndex;
import org.eclipse.jgit.diff.SimilarityIndex.TableFullException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * Finds which of the files that one side of a merge added are files it renamed, in the same steps and with the same bounds
 * as Git's own merge: the same content first, then the same name, then the most alike.
 */
final class RenameFinder {
    private static final int FULL_SCORE = 60_000;
    private static final int LEAST_SCORE = FULL_SCORE / 2;
    private static final int LEAST_SCORE_OF_SAME_NAME = FULL_SCORE * 3 / 4;
    private static final int CANDIDATES = 4;
    /** Beyond so many pairs, only the same content and the same name count. */
    private static final long MOST_PAIRS = 1_000_000;

    private static final long LARGEST_FILE = 4L << 20;
    /** So much is looked into; the rest counts as not alike. */
    private static final long MOST_BYTES = 512L << 20;

    private static final ObjectId EMPTY = ObjectId.fromString("e69de29bb2d1d6434b8b29ae775ad8c2e48c5391");

    private final Workspace workspace;
    private final TreeMap<String, Entry> sources = new TreeMap<>();
    private final TreeMap<String, Entry> targets = new TreeMap<>();
    private final Set<String> relevant = new HashSet<>();
    private final Map<String, String> found = new TreeMap<>();
    private long bytesRead;

    /**
     * Looks at one side.
     *
     * @param side what it changed
     * @param other what the other side changed: only what both changed matters
     */
    RenameFinder(Workspace workspace, TreeChanges side, TreeChanges other) {
        this.workspace = workspace;
        for (var file : side.before().entrySet()) {
            if (side.deleted(file.getKey())) {
                sources.put(file.getKey(), file.getValue());
                if (other.before().containsKey(file.getKey())) {
                    relevant.add(file.getKey());
                }
            }
        }
        for (var file : side.after().entrySet()) {
            if (!side.before().containsKey(file.getKey())) {
                targets.put(file.getKey(), file.getValue());
            }
        }
    }

    /** New paths by old ones; only of files that the other side changed too. */
    Map<String, String> find() throws IOException {
        if (relevant.isEmpty() || targets.isEmpty()) {
            return Map.of();
        }
        sameContent();
        sameName();
        mostAlike();
        found.keySet().retainAll(relevant);
        return found;
    }

    private void record(String source, String target) {
        found.put(source, target);
        sources.remove(source);
        targets.remove(target);
    }

    private void sameContent() {
        var byContent = new HashMap<ObjectId, List<String>>();
        sources.forEach((path, entry) ->
                byContent.computeIfAbsent(entry.id(), _ -> new ArrayList<>()).add(path));
        for (var file : new TreeMap<>(targets).entrySet()) {
            var target = file.getKey();
            var entry = file.getValue();
            var candidates = byContent.getOrDefault(entry.id(), List.of());
            if (entry.id().equals(EMPTY)) {
                continue;
            }
            String best = null;
            for (var source : candidates) {
                var before = sources.get(source);
                if (before == null
                        || (!(before.file() && entry.file()) && !before.mode().equals(entry.mode()))) {
                    continue;
                }
                if (best == null
                        || (!name(best).equals(name(target)) && name(source).equals(name(target)))) {
                    best = source;
                }
            }
            if (best != null) {
                record(best, target);
            }
        }
    }

    private void sameName() throws IOException {
        var from = onlyOnes(sources.keySet());
        var to = onlyOnes(targets.keySet());
        for (var item : from.entrySet()) {
            var source = item.getValue();
            var target = to.get(item.getKey());
            if (source.isEmpty() || target == null || target.isEmpty() || !relevant.contains(source)) {
                continue;
            }
            if (score(new Content(sources.get(source)), new Content(targets.get(target))) >= LEAST_SCORE_OF_SAME_NAME) {
                record(source, target);
            }
        }
    }

    /** Paths by their last names; empty where several have the same. */
    private static Map<String, String> onlyOnes(Set<String> paths) {
        var byName = new TreeMap<String, String>();
        for (var path : paths) {
            byName.merge(name(path), path, (_, _) -> "");
        }
        return byName;
    }

    private record Pair(String source, String target, int score, boolean sameName) {}

    private void mostAlike() throws IOException {
        var from = new TreeSet<>(sources.keySet());
        from.retainAll(relevant);
        if ((long) from.size() * targets.size() > MOST_PAIRS) {
            return;
        }
        var order = Comparator.comparingInt(Pair::score)
                .thenComparing(Pair::sameName)
                .reversed();
        var pairs = new ArrayList<Pair>();
        var befores = new HashMap<String, Content>();
        for (var target : targets.entrySet()) {
            workspace.requireTime();
            var candidates = new ArrayList<Pair>();
            var after = new Content(target.getValue());
            for (var source : from) {
                var score = score(befores.computeIfAbsent(source, path -> new Content(sources.get(path))), after);
                if (score >= LEAST_SCORE) {
                    candidates.add(new Pair(
                            source, target.getKey(), score, name(source).equals(name(target.getKey()))));
                }
            }
            candidates.sort(order);
            pairs.addAll(candidates.subList(0, Math.min(CANDIDATES, candidates.size())));
        }
        pairs.sort(order);
        for (var pair : pairs) {
            if (sources.containsKey(pair.source()) && targets.containsKey(pair.target())) {
                record(pair.source(), pair.target());
            }
        }
    }

    /** How alike two files are, of {@value #FULL_SCORE}. */
    private int score(Content source, Content target) throws IOException {
        var from = source.size();
        var to = target.size();
        var most = Math.max(from, to);
        if (most > LARGEST_FILE || Math.min(from, to) < 0 || most == 0 || Math.abs(from - to) * 2 > most) {
            return 0;
        }
        var one = source.index();
        var other = target.index();
        return one == null || other == null ? 0 : one.score(other, FULL_SCORE);
    }

    /** A file that others are compared with. */
    private final class Content {
        private final @Nullable Entry entry;
        private long size = -1;
        private @Nullable SimilarityIndex index;
        private boolean read;

        private Content(@Nullable Entry entry) {
            this.entry = entry;
        }

        /** In bytes; less than 0 for what is no file. */
        long size() throws IOException {
            if (size < 0 && entry != null && entry.file()) {
                size = workspace.open(entry.id(), Constants.OBJ_BLOB).getSize();
            }
            return size;
        }

        /** Null when there would be too much to keep. */
        @Nullable
        SimilarityIndex index() throws IOException {
            if (!read && entry != null) {
                workspace.requireTime();
                read = true;
                bytesRead += size();
                if (bytesRead <= MOST_BYTES) {
                    try {
                        index = SimilarityIndex.create(workspace.open(entry.id(), Constants.OBJ_BLOB));
                    } catch (TableFullException e) {
                        return null;
                    }
                }
            }
            return index;
        }
    }

    private static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
