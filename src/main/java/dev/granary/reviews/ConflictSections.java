package dev.granary.reviews;

import dev.granary.merging.Conflict;
import dev.granary.merging.ConflictText;
import dev.granary.merging.ConflictText.Stretch;
import dev.granary.reviews.ConflictFile.Line;
import dev.granary.reviews.ConflictFile.MetaData;
import dev.granary.reviews.ConflictFile.Section;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.jgit.lib.Constants;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.HtmlUtils;

/**
 * What can be chosen in a file that is in conflict. A section's id is made of both sides' lines, so that a choice never
 * falls on others than those that were shown.
 */
final class ConflictSections {
    /** So many lines are shown before and behind a conflict. */
    private static final int CONTEXT = 3;

    private static final Set<Conflict.Kind> BY_LINES = Set.of(Conflict.Kind.CONTENT, Conflict.Kind.ADD_ADD);
    private static final String NEW = "new";
    private static final String OLD = "old";

    private final String path;
    private final List<Section> sections = new ArrayList<>();
    private int oldLine = 1;
    private int newLine = 1;

    private ConflictSections(String path) {
        this.path = path;
    }

    /** Whether stretches of lines can be chosen. */
    static boolean byLines(ConflictText text) {
        return BY_LINES.contains(text.conflict().kind())
                && text.stretches().stream().anyMatch(Stretch::conflict);
    }

    /** Where the file is on the source branch; where it is gone there, as its path is. */
    static String newPath(Conflict conflict) {
        return conflict.ours() == null ? conflict.path() : conflict.ours().path();
    }

    /** The same on the target branch. */
    static String oldPath(Conflict conflict) {
        return conflict.theirs() == null ? conflict.path() : conflict.theirs().path();
    }

    /** The sections of a file, from top to bottom. */
    static List<Section> of(ConflictText text) {
        if (!byLines(text)) {
            return List.of(new Section(true, List.of(), wholeId(text.conflict())));
        }
        var sections = new ConflictSections(text.conflict().path());
        for (var index = 0; index < text.stretches().size(); index++) {
            sections.add(text, index);
        }
        return sections.sections;
    }

    /** The id of the choice between the two sides of a whole file. */
    static String wholeId(Conflict conflict) {
        return id(conflict.path(), bytes(conflict.ours()), bytes(conflict.theirs()));
    }

    /** The id of a stretch, counted from 0. */
    static String id(ConflictText text, int index) {
        var stretch = text.stretches().get(index);
        return id(text.conflict().path() + '\0' + index, stretch.ours(), stretch.theirs());
    }

    private static byte[] bytes(Conflict.@Nullable Side side) {
        return (side == null ? "" : side.mode() + " " + side.id().name() + " " + side.path())
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String id(String name, byte[] ours, byte[] theirs) {
        var digest = digest(name.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
        digest.update(Integer.toString(ours.length).getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
        digest.update(ours);
        digest.update(theirs);
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest digest(byte[] begin) {
        var digest = Constants.newMessageDigest();
        digest.update(begin);
        return digest;
    }

    private void add(ConflictText text, int index) {
        var stretch = text.stretches().get(index);
        var lines = new ArrayList<Line>();
        if (stretch.conflict()) {
            for (var line : lines(stretch.ours())) {
                lines.add(line(NEW, line));
            }
            for (var line : lines(stretch.theirs())) {
                lines.add(line(OLD, line));
            }
            sections.add(new Section(true, lines, id(text, index)));
        } else {
            var all = lines(stretch.ours());
            var head = index == 0 ? 0 : CONTEXT;
            var tail = index == text.stretches().size() - 1 ? 0 : CONTEXT;
            for (var at = 0; at < all.size(); at++) {
                if (at >= head && at < all.size() - tail) {
                    var left = all.size() - tail - head;
                    oldLine += left;
                    newLine += left;
                    at += left - 1;
                    lines.add(gap());
                } else {
                    lines.add(line(null, all.get(at)));
                }
            }
            sections.add(new Section(false, lines, null));
        }
    }

    private Line gap() {
        var text = "@@ -" + oldLine + " +" + newLine + " @@";
        return new Line(null, "match", null, null, text, new MetaData(oldLine, newLine), text, false);
    }

    private Line line(@Nullable String type, String text) {
        var code = HexFormat.of()
                        .formatHex(digest(path.getBytes(StandardCharsets.UTF_8)).digest())
                + "_" + oldLine + "_" + newLine;
        var line = new Line(
                code,
                type,
                NEW.equals(type) ? null : Integer.valueOf(oldLine),
                OLD.equals(type) ? null : Integer.valueOf(newLine),
                text,
                null,
                HtmlUtils.htmlEscape(text, StandardCharsets.UTF_8.name()),
                false);
        oldLine += NEW.equals(type) ? 0 : 1;
        newLine += OLD.equals(type) ? 0 : 1;
        return line;
    }

    private static List<String> lines(byte[] content) {
        if (content.length == 0) {
            return List.of();
        }
        var lines = new ArrayList<>(List.of(new String(content, StandardCharsets.UTF_8).split("\n", -1)));
        if (lines.getLast().isEmpty()) {
            lines.removeLast();
        }
        return lines;
    }

    /** What both sides did, in a word. */
    static String type(Conflict conflict) {
        return switch (conflict.kind()) {
            case CONTENT, BINARY -> conflict.base() == null ? "both_added" : "both_modified";
            case ADD_ADD -> "both_added";
            case MODIFY_DELETE ->
                conflict.ours() == null ? "modified_target_removed_source" : "modified_source_removed_target";
            case RENAME -> "renamed";
            case MODE -> "mode_changed";
            case SUBMODULE -> "submodule_moved";
            case FILE_FOLDER -> "file_and_folder";
        };
    }

    /** The choices by the ids of sections, out of what a client sent; null where it is no such map. */
    static @Nullable Map<?, ?> choices(@Nullable Object sections) {
        return sections instanceof Map<?, ?> map ? map : null;
    }
}
