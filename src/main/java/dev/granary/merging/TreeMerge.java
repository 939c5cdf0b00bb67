package dev.granary.merging;

import dev.granary.merging.Conflict.Kind;
import dev.granary.merging.Conflict.Side;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * A three-way merge of trees. Folders that only one side changed are taken over unread, so that the cost does not depend
 * on how large the trees are. When a file was deleted on one side that the other side changed or deleted as well, renames
 * are looked for, and the merge is done anew with what belongs together put side by side.
 */
final class TreeMerge {
    private final Workspace workspace;
    private final LineMerge lines;
    private final int depth;
    private final Map<String, Resolution> resolutions;
    private final Map<Stages, LineMerge.Result> merged = new HashMap<>();
    private final TreeMap<String, Conflict> conflicts = new TreeMap<>();
    /** Between merge bases, files that a folder is in the way of, by the paths they get instead. */
    private final Map<String, Entry> aside = new HashMap<>();

    private final Set<String> used = new HashSet<>();
    private Renames renames = Renames.NONE;
    private boolean renamesMatter;

    /**
     * A merge.
     *
     * @param depth 0 for one that is asked for, more for one of merge bases: then conflicts become part of the result,
     *     as Git does it
     * @param resolutions what was decided, by the conflicts' paths
     */
    TreeMerge(Workspace workspace, LineMerge lines, int depth, Map<String, Resolution> resolutions) {
        this.workspace = workspace;
        this.lines = lines;
        this.depth = depth;
        this.resolutions = resolutions;
    }

    /**
     * The file on each side of a merge.
     *
     * @param forced the kind of conflict it is, whatever the files are
     */
    record Stages(
            @Nullable Located base,
            @Nullable Located ours,
            @Nullable Located theirs,
            @Nullable Kind forced) {
        static final Stages REMOVED = new Stages(null, null, null, null);
    }

    /** A file and where it is. */
    record Located(String path, Entry entry) {
        static @Nullable Located of(String path, @Nullable Entry entry) {
            return entry == null ? null : new Located(path, entry);
        }
    }

    /** The merged tree; only if {@link #conflicts} then has none, it is what was asked for. */
    ObjectId merge(@Nullable ObjectId base, ObjectId ours, ObjectId theirs) throws IOException {
        var tree = root(base, ours, theirs);
        if (renamesMatter) {
            renames = Renames.find(workspace, base, ours, theirs, depth, this::content);
            if (!renames.isEmpty()) {
                conflicts.clear();
                used.clear();
                tree = root(base, ours, theirs);
            }
        }
        return tree;
    }

    /** In order of their paths. */
    List<Conflict> conflicts() {
        return new ArrayList<>(conflicts.values());
    }

    /** The paths that something was decided for though they are not in conflict. */
    List<String> unused() {
        return resolutions.keySet().stream()
                .filter(path -> !used.contains(path))
                .sorted()
                .toList();
    }

    private @Nullable Resolution resolution(String path) {
        var text = Entry.text(path);
        used.add(text);
        return resolutions.get(text);
    }

    private ObjectId root(@Nullable ObjectId base, ObjectId ours, ObjectId theirs) throws IOException {
        var tree = folder("", base, ours, theirs);
        return tree == null ? keep(Constants.OBJ_TREE, Entry.format(Map.of())) : tree;
    }

    /** The merged folder; null if nothing is in it. */
    private @Nullable ObjectId folder(
            String prefix, @Nullable ObjectId base, @Nullable ObjectId ours, @Nullable ObjectId theirs)
            throws IOException {
        workspace.requireTimeAndDepth(prefix);
        if (!renames.touchesFolder(prefix)) {
            if (Objects.equals(ours, theirs)) {
                noteDeleted(base, ours);
                return ours;
            }
            if (Objects.equals(base, theirs)) {
                return ours;
            }
            if (Objects.equals(base, ours)) {
                return theirs;
            }
        }
        var before = Entry.read(workspace, base);
        var left = Entry.read(workspace, ours);
        var right = Entry.read(workspace, theirs);
        var names = new TreeSet<>(left.keySet());
        names.addAll(right.keySet());
        names.addAll(before.keySet());
        names.addAll(renames.namesIn(prefix));
        var entries = new HashMap<String, Entry>();
        for (var name : names) {
            var entry = name(prefix + name, before.get(name), left.get(name), right.get(name));
            if (entry != null) {
                entries.put(name, entry);
            }
        }
        aside.entrySet().removeIf(file -> {
            var here = file.getKey().lastIndexOf('/') + 1 == prefix.length()
                    && file.getKey().startsWith(prefix);
            if (here) {
                entries.put(file.getKey().substring(prefix.length()), file.getValue());
            }
            return here;
        });
        if (entries.isEmpty()) {
            return null;
        }
        if (ours != null && entries.equals(left)) {
            return ours;
        }
        return theirs != null && entries.equals(right) ? theirs : keep(Constants.OBJ_TREE, Entry.format(entries));
    }

    /** What becomes of a name in a folder. */
    private @Nullable Entry name(String path, @Nullable Entry base, @Nullable Entry ours, @Nullable Entry theirs)
            throws IOException {
        var override = renames.at(path);
        var inside = renames.touchesFolder(path + "/");
        if (override == null && !inside) {
            if (Objects.equals(ours, theirs)) {
                renamesMatter |= base != null && ours == null;
                noteDeleted(folderId(base), folderId(ours));
                return ours;
            }
            if (Objects.equals(base, theirs)) {
                return ours;
            }
            if (Objects.equals(base, ours)) {
                return theirs;
            }
        }
        var folder = folder(path + "/", folderId(base), folderId(ours), folderId(theirs));
        var stages =
                override == null ? new Stages(file(path, base), file(path, ours), file(path, theirs), null) : override;
        var file = file(path, stages);
        if (folder == null) {
            return file;
        }
        var below = new Entry(FileMode.TREE, folder);
        return file == null ? below : fileAndFolder(path, stages, file, below, ours);
    }

    /** What both sides deleted may have been renamed by one. */
    private void noteDeleted(@Nullable ObjectId base, @Nullable ObjectId both) throws IOException {
        if (!renamesMatter && base != null && !base.equals(both)) {
            var changes = TreeChanges.between(workspace, base, both);
            renamesMatter = changes.before().keySet().stream().anyMatch(changes::deleted);
        }
    }

    private Entry fileAndFolder(String path, Stages stages, Entry file, Entry folder, @Nullable Entry ours) {
        var folderIsOurs = ours != null && ours.folder();
        if (depth > 0) {
            aside.put(path + "~Temporary merge branch " + (folderIsOurs ? 2 : 1), file);
            return folder;
        }
        var resolution = resolution(path);
        if (resolution != null) {
            switch (resolution.choice()) {
                case OURS -> {
                    return folderIsOurs ? folder : file;
                }
                case THEIRS -> {
                    return folderIsOurs ? file : folder;
                }
                case CONTENT -> {}
            }
        }
        var there = new Side(Entry.text(path), FileMode.TREE, folder.id());
        var conflict = new Conflict(
                Entry.text(path),
                Kind.FILE_FOLDER,
                side(stages.base()),
                folderIsOurs ? there : new Side(Entry.text(path), file.mode(), file.id()),
                folderIsOurs ? new Side(Entry.text(path), file.mode(), file.id()) : there);
        conflicts.put(path, conflict);
        return folder;
    }

    private static @Nullable ObjectId folderId(@Nullable Entry entry) {
        return entry != null && entry.folder() ? entry.id() : null;
    }

    private static @Nullable Located file(String path, @Nullable Entry entry) {
        return entry == null || entry.folder() ? null : new Located(path, entry);
    }

    private @Nullable Entry file(String path, Stages stages) throws IOException {
        var base = entry(stages.base());
        var ours = entry(stages.ours());
        var theirs = entry(stages.theirs());
        if (stages.forced() != null) {
            return conflict(path, stages.forced(), stages, base == null ? ours : base);
        }
        if (Objects.equals(ours, theirs)) {
            renamesMatter |= base != null && ours == null;
            return ours;
        }
        if (Objects.equals(base, theirs)) {
            return ours;
        }
        if (Objects.equals(base, ours)) {
            return theirs;
        }
        if (ours == null || theirs == null) {
            renamesMatter = true;
            return conflict(path, Kind.MODIFY_DELETE, stages, base);
        }
        if (!ours.sameType(theirs)) {
            return conflict(path, Kind.MODE, stages, base);
        }
        if (!ours.file()) {
            var kind =
                    FileMode.GITLINK.equals(ours.mode()) ? Kind.SUBMODULE : base == null ? Kind.ADD_ADD : Kind.CONTENT;
            return conflict(path, kind, stages, base);
        }
        return bothChanged(path, stages, ours, theirs, base != null && base.file() ? base : null);
    }

    private @Nullable Entry bothChanged(String path, Stages stages, Entry ours, Entry theirs, @Nullable Entry base)
            throws IOException {
        var modesDiffer = !ours.mode().equals(theirs.mode())
                && (base == null
                        || (!base.mode().equals(ours.mode()) && !base.mode().equals(theirs.mode())));
        var mode = base == null || base.mode().equals(theirs.mode()) ? ours.mode() : theirs.mode();
        if (ours.id().equals(theirs.id()) || (base != null && base.id().equals(ours.id()))) {
            return done(path, stages, new Entry(mode, theirs.id()), modesDiffer);
        }
        if (base != null && base.id().equals(theirs.id())) {
            return done(path, stages, new Entry(mode, ours.id()), modesDiffer);
        }
        var key = new Stages(Located.of("", base), new Located("", ours), new Located("", theirs), null);
        var result = merged.get(key);
        if (result == null) {
            result = lines.merge(workspace, base == null ? null : base.id(), ours.id(), theirs.id());
            merged.put(key, result);
        }
        switch (result) {
            case LineMerge.NotText _ -> {
                var fallback = base == null ? ours : base;
                return conflict(path, Kind.BINARY, stages, new Entry(mode, fallback.id()));
            }
            case LineMerge.Text text -> {
                if (text.conflicts() == 0) {
                    return done(path, stages, new Entry(mode, keep(Constants.OBJ_BLOB, text.content())), modesDiffer);
                }
                var kind = base == null ? Kind.ADD_ADD : Kind.CONTENT;
                // Between merge bases the text with its markers is what the merge is measured against, as in Git.
                var fallback = depth == 0
                        ? ours
                        : new Entry(mode, workspace.keepTemporarily(Constants.OBJ_BLOB, text.content()));
                return conflict(path, kind, stages, fallback);
            }
        }
    }

    private @Nullable Entry done(String path, Stages stages, Entry entry, boolean modesDiffer) {
        return modesDiffer ? conflict(path, Kind.MODE, stages, entry) : entry;
    }

    /** A file that both sides changed, merged for itself; between merge bases also where there are conflicts. */
    private Renames.Merged content(@Nullable Entry base, Entry ours, Entry theirs) throws IOException {
        if (!ours.file() || !theirs.file()) {
            return new Renames.Merged(ours, false);
        }
        var before = base != null && base.file() ? base : null;
        var known = before == null ? null : before.id();
        var mode = before == null || before.mode().equals(theirs.mode()) ? ours.mode() : theirs.mode();
        if (ours.id().equals(theirs.id()) || ours.id().equals(known)) {
            return new Renames.Merged(new Entry(mode, theirs.id()), true);
        }
        if (theirs.id().equals(known)) {
            return new Renames.Merged(new Entry(mode, ours.id()), true);
        }
        return switch (lines.merge(workspace, known, ours.id(), theirs.id())) {
            case LineMerge.NotText _ -> new Renames.Merged(ours, false);
            case LineMerge.Text text ->
                new Renames.Merged(new Entry(mode, keep(Constants.OBJ_BLOB, text.content())), text.conflicts() == 0);
        };
    }

    /** What was decided about a conflict; where nothing was, the conflict is noted. */
    private @Nullable Entry conflict(String path, Kind kind, Stages stages, @Nullable Entry fallback) {
        if (depth > 0) {
            return fallback;
        }
        var resolution = resolution(path);
        if (resolution != null && !(kind == Kind.SUBMODULE && resolution.content() != null)) {
            return switch (resolution.choice()) {
                case OURS -> entry(stages.ours());
                case THEIRS -> entry(stages.theirs());
                case CONTENT -> decided(stages, Objects.requireNonNull(resolution.content()));
            };
        }
        conflicts.put(
                path,
                new Conflict(Entry.text(path), kind, side(stages.base()), side(stages.ours()), side(stages.theirs())));
        return fallback;
    }

    private Entry decided(Stages stages, byte[] content) {
        var like = entry(stages.ours() == null ? stages.theirs() : stages.ours());
        var mode = like == null || FileMode.GITLINK.equals(like.mode()) ? FileMode.REGULAR_FILE : like.mode();
        return new Entry(mode, workspace.keep(Constants.OBJ_BLOB, content));
    }

    private ObjectId keep(int type, byte[] content) {
        return depth > 0 ? workspace.keepTemporarily(type, content) : workspace.keep(type, content);
    }

    private static @Nullable Entry entry(@Nullable Located located) {
        return located == null ? null : located.entry();
    }

    private static @Nullable Side side(@Nullable Located located) {
        return located == null
                ? null
                : new Side(
                        Entry.text(located.path()),
                        located.entry().mode(),
                        located.entry().id());
    }
}
