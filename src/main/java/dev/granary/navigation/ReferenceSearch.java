package dev.granary.navigation;

import dev.granary.content.Deadline;
import dev.granary.navigation.Occurrences.Location;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.PathFilter;
import org.jspecify.annotations.Nullable;

/**
 * One search for a name in the files of a commit: those of a language whose text has the name are parsed, the file that is
 * looked at first. It ends when there is enough, or time is up.
 */
final class ReferenceSearch {
    private static final int MOST_LOCATIONS = 500;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Parsers parsers;
    private final ObjectReader reader;
    private final @Nullable WordIndex index;
    private final Wanted wanted;
    private final byte[] name;
    private final int[] hashes;
    private final Deadline deadline = new Deadline(PATIENCE);
    private final List<Location> definitions = new ArrayList<>();
    private final List<Location> references = new ArrayList<>();
    private boolean complete = true;
    private int unknown;

    /**
     * What is looked for.
     *
     * @param file the path of the file that is looked at
     * @param under the file or folder to look in; empty for everywhere
     */
    record Wanted(String name, SourceLanguage language, String file, String under) {}

    private record Candidate(String path, ObjectId blob) {}

    /** @param index null for none */
    ReferenceSearch(Parsers parsers, ObjectReader reader, @Nullable WordIndex index, Wanted wanted) {
        this.parsers = parsers;
        this.reader = reader;
        this.index = index;
        this.wanted = wanted;
        this.name = wanted.name().getBytes(StandardCharsets.UTF_8);
        this.hashes = Words.hashes(name);
    }

    Occurrences run(RevCommit commit) throws IOException {
        for (var candidate : candidates(commit)) {
            if (deadline.isCancelled() || definitions.size() > MOST_LOCATIONS || references.size() > MOST_LOCATIONS) {
                complete = false;
                break;
            }
            look(candidate);
        }
        return new Occurrences(
                commit.name(),
                definitions.stream().limit(MOST_LOCATIONS).toList(),
                references.stream().limit(MOST_LOCATIONS).toList(),
                complete);
    }

    /** How many files had to be read because no index knew them. */
    int unknown() {
        return unknown;
    }

    private List<Candidate> candidates(RevCommit commit) throws IOException {
        var candidates = new ArrayList<Candidate>();
        try (var walk = new TreeWalk(reader)) {
            walk.setRecursive(true);
            walk.addTree(commit.getTree());
            if (!wanted.under().isEmpty()) {
                walk.setFilter(PathFilter.create(wanted.under()));
            }
            while (walk.next()) {
                if ((walk.getRawMode(0) & FileMode.TYPE_MASK) == FileMode.TYPE_FILE
                        && wanted.language().covers(walk.getNameString())) {
                    candidates.add(new Candidate(walk.getPathString(), walk.getObjectId(0)));
                }
            }
        }
        candidates.sort(Comparator.comparing(candidate -> !candidate.path().equals(wanted.file())));
        return candidates;
    }

    private void look(Candidate candidate) throws IOException {
        var known = index == null ? Optional.<Boolean>empty() : index.has(candidate.blob(), hashes);
        if (known.isEmpty()) {
            unknown++;
        } else if (!known.get()) {
            return;
        }
        var text = SourceText.read(reader, candidate.blob());
        if (text.isEmpty() || Words.find(text.get(), 0, name) < 0) {
            return;
        }
        var findings = parsers.parse(wanted.language(), text.get(), name);
        if (findings.isEmpty()) {
            complete = false;
            return;
        }
        complete &= findings.get().complete();
        var lines = SourceText.of(text.get());
        var symbols = new FileSymbols(lines, findings.get());
        symbols.named(wanted.name()).forEach(symbol -> definitions.add(location(candidate, symbol)));
        for (var use : findings.get().uses()) {
            references.add(location(candidate, symbols.use(wanted.name(), name.length, use)));
        }
    }

    private static Location location(Candidate candidate, Symbol symbol) {
        return new Location(candidate.path(), candidate.blob().name(), symbol);
    }
}
