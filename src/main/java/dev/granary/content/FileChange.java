package dev.granary.content;

import dev.granary.content.FileAction.Kind;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * A {@link FileAction} that passed every check that needs no repository.
 *
 * @param prefix what its fields' names on the wire begin with, for example {@code actions[2].}; may be empty
 * @param path the file it makes or changes
 * @param previous move: where the file is; the same as {@code path} otherwise
 * @param content the new content; null leaves it
 * @param lastCommit the last commit known to touch the file; null checks nothing
 * @param gitlink create: the commit of another repository that stands there as a submodule; null for a file
 */
record FileChange(
        String prefix,
        Kind kind,
        FilePath path,
        FilePath previous,
        byte @Nullable [] content,
        @Nullable ObjectId lastCommit,
        boolean executable,
        @Nullable ObjectId gitlink) {
    private static final Pattern COMMIT_ID = Pattern.compile("[0-9a-f]{40}");
    private static final Pattern LINE_BREAKS = Pattern.compile("[\r\n]");

    /** Reads the action at a place in the list. */
    static FileChange of(@Nullable FileAction action, int index, long maximumBytes) {
        var field = "actions[" + index + "]";
        if (action == null) {
            throw Problem.invalid(field, "required");
        }
        return of(action, field + ".", maximumBytes);
    }

    /** Reads an action whose fields' names on the wire begin with the prefix. */
    static FileChange of(FileAction action, String prefix, long maximumBytes) {
        var kind = kind(prefix + "action", action.action());
        var path = FilePath.parse(prefix + "file_path", required(prefix + "file_path", action.filePath()));
        var previous = kind == Kind.MOVE
                ? FilePath.parse(prefix + "previous_path", required(prefix + "previous_path", action.previousPath()))
                : path;
        return new FileChange(
                prefix,
                kind,
                kind == Kind.CREATE_DIR ? path.keepFile() : path,
                previous,
                content(prefix, kind, action, path, maximumBytes),
                lastCommit(prefix + "last_commit_id", kind, action.lastCommitId()),
                kind == Kind.CHMOD && required(prefix + "execute_filemode", action.executeFilemode()),
                null);
    }

    /** Makes a file, or changes it as a commit has it. */
    static FileChange ofFile(FilePath path, byte[] content, @Nullable ObjectId known) {
        return new FileChange("", known == null ? Kind.CREATE : Kind.UPDATE, path, path, content, known, false, null);
    }

    /** Puts a commit of another repository at a path. */
    static FileChange ofSubmodule(FilePath path, ObjectId commit) {
        return new FileChange("", Kind.CREATE, path, path, null, null, false, commit);
    }

    private static Kind kind(String field, @Nullable String text) {
        var name = required(field, text);
        return Arrays.stream(Kind.values())
                .filter(kind -> kind.wireName().equals(name))
                .findFirst()
                .orElseThrow(() -> Problem.invalid(
                        field,
                        "one-of",
                        Arrays.stream(Kind.values()).map(Kind::wireName).collect(Collectors.joining(", "))));
    }

    private static byte @Nullable [] content(
            String prefix, Kind kind, FileAction action, FilePath path, long maximumBytes) {
        var bytes = switch (kind) {
            case CREATE, UPDATE -> decode(prefix, required(prefix + "content", action.content()), action.encoding());
            case MOVE -> action.content() == null ? null : decode(prefix, action.content(), action.encoding());
            case CREATE_DIR -> new byte[0];
            case DELETE, CHMOD -> null;
        };
        if (bytes != null && bytes.length > maximumBytes) {
            throw new Problem(ErrorCode.FILE_TOO_LARGE, path.text(), Long.toString(maximumBytes));
        }
        return bytes;
    }

    private static byte[] decode(String prefix, String content, @Nullable String encoding) {
        return switch (encoding == null ? "text" : encoding) {
            case "text", "" -> encodeText(prefix + "content", content);
            case "base64" -> {
                try {
                    yield Base64.getDecoder()
                            .decode(LINE_BREAKS.matcher(content).replaceAll(""));
                } catch (IllegalArgumentException e) {
                    throw Problem.invalid(prefix + "content", "base64");
                }
            }
            default -> throw Problem.invalid(prefix + "encoding", "one-of", "text, base64");
        };
    }

    private static byte[] encodeText(String field, String content) {
        try {
            var bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(content));
            return Arrays.copyOf(bytes.array(), bytes.limit());
        } catch (CharacterCodingException e) {
            throw Problem.invalid(field, "unicode");
        }
    }

    private static @Nullable ObjectId lastCommit(String field, Kind kind, @Nullable Object value) {
        var checks = kind == Kind.UPDATE || kind == Kind.MOVE || kind == Kind.DELETE;
        if (!checks || value == null || value instanceof Boolean || "".equals(value)) {
            return null;
        }
        if (!(value instanceof String text)) {
            throw Problem.invalid(field, "type");
        }
        if (!COMMIT_ID.matcher(text).matches()) {
            throw Problem.invalid(field, "commit-id");
        }
        return ObjectId.fromString(text);
    }

    private static <T> T required(String field, @Nullable T value) {
        if (value == null) {
            throw Problem.invalid(field, "required");
        }
        return value;
    }
}
