package dev.granary.navigation;

import dev.granary.navigation.Findings.Definition;
import dev.granary.navigation.Findings.Use;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.treesitter.TSInputEncoding;
import org.treesitter.TSLanguage;
import org.treesitter.TSNode;
import org.treesitter.TSParser;
import org.treesitter.TSQuery;
import org.treesitter.TSQueryCursor;
import org.treesitter.TSQueryMatch;
import org.treesitter.TreeSitterC;
import org.treesitter.TreeSitterCpp;
import org.treesitter.TreeSitterGo;
import org.treesitter.TreeSitterJava;
import org.treesitter.TreeSitterJavascript;
import org.treesitter.TreeSitterPhp;
import org.treesitter.TreeSitterPython;
import org.treesitter.TreeSitterRuby;
import org.treesitter.TreeSitterRust;
import org.treesitter.TreeSitterTypescript;

/**
 * Finds names in texts with tree-sitter. It runs native code on what strangers wrote: only {@link ParserProcess} may use
 * it. What defines names is listed in {@code navigation/*.scm}; the first pattern that has a name counts.
 */
final class SourceParser {
    private static final int MOST_DEFINITIONS = 5000;
    private static final int MOST_USES = 1000;
    private static final int LONGEST_NAME = 255;
    /** Ambiguous texts have many beginnings of matches. */
    private static final int MOST_OPEN_MATCHES = 10_000;

    private static final String NAME = "name";
    /** Names that grammars do not call identifiers. */
    private static final Set<String> NAMES =
            Set.of(NAME, "constant", "instance_variable", "class_variable", "global_variable", "hash_key_symbol");
    /** Fields of a call that are no part of what is called. */
    private static final List<String> RECEIVERS = List.of("object", "receiver");

    private final Map<SourceLanguage, Grammar> grammars = new EnumMap<>(SourceLanguage.class);

    private record Grammar(TSLanguage language, TSQuery definitions, List<String> captures) {}

    private record Matched(int pattern, Definition definition) {}

    /**
     * What a text defines, and where it uses a name.
     *
     * @param name in UTF-8; empty for none
     */
    Findings find(SourceLanguage language, byte[] text, byte[] name) throws IOException {
        var grammar = grammar(language);
        try (var parser = new TSParser()) {
            parser.setLanguage(grammar.language());
            try (var tree = parser.parse(
                    new byte[Math.max(text.length, 1)],
                    null,
                    (buffer, offset, _) -> copy(text, offset, buffer),
                    TSInputEncoding.TSInputEncodingUTF8)) {
                var definitions = definitions(grammar, tree.getRootNode());
                var uses = name.length == 0 ? List.<Use>of() : uses(tree.getRootNode(), text, name, definitions);
                return new Findings(
                        definitions.stream().limit(MOST_DEFINITIONS).toList(),
                        uses.stream().limit(MOST_USES).toList(),
                        definitions.size() <= MOST_DEFINITIONS && uses.size() <= MOST_USES);
            }
        }
    }

    private static int copy(byte[] text, int offset, byte[] buffer) {
        var count = Math.clamp(text.length - (long) offset, 0, buffer.length);
        System.arraycopy(text, Math.min(offset, text.length), buffer, 0, count);
        return count;
    }

    private Grammar grammar(SourceLanguage name) throws IOException {
        var known = grammars.get(name);
        if (known == null) {
            var language = language(name);
            var query = new TSQuery(language, patterns(name));
            var captures = IntStream.range(0, query.getCaptureCount())
                    .mapToObj(query::getCaptureNameForId)
                    .toList();
            known = new Grammar(language, query, captures);
            grammars.put(name, known);
        }
        return known;
    }

    private static String patterns(SourceLanguage language) throws IOException {
        try (InputStream in = Objects.requireNonNull(
                SourceParser.class.getResourceAsStream("/navigation/" + language.key() + ".scm"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static TSLanguage language(SourceLanguage language) {
        return switch (language) {
            case C -> new TreeSitterC();
            case CPP -> new TreeSitterCpp();
            case GO -> new TreeSitterGo();
            case JAVA -> new TreeSitterJava();
            case JAVASCRIPT -> new TreeSitterJavascript();
            case PHP -> new TreeSitterPhp();
            case PYTHON -> new TreeSitterPython();
            case RUBY -> new TreeSitterRuby();
            case RUST -> new TreeSitterRust();
            case TYPESCRIPT -> new TreeSitterTypescript();
        };
    }

    private static List<Definition> definitions(Grammar grammar, TSNode root) {
        var found = new HashMap<Integer, Matched>();
        try (var cursor = new TSQueryCursor()) {
            cursor.setMatchLimit(MOST_OPEN_MATCHES);
            cursor.exec(grammar.definitions(), root);
            var match = new TSQueryMatch();
            while (found.size() <= MOST_DEFINITIONS && cursor.nextMatch(match)) {
                var definition = definition(grammar, match);
                if (definition != null) {
                    found.merge(
                            definition.nameStart(),
                            new Matched(match.getPatternIndex(), definition),
                            (one, other) -> one.pattern() <= other.pattern() ? one : other);
                }
            }
        }
        return found.values().stream()
                .map(Matched::definition)
                .sorted(Comparator.comparingInt(Definition::start)
                        .thenComparing(Definition::end, Comparator.reverseOrder())
                        .thenComparingInt(Definition::nameStart))
                .toList();
    }

    private static @Nullable Definition definition(Grammar grammar, TSQueryMatch match) {
        TSNode name = null;
        TSNode whole = null;
        var kind = "";
        for (var capture : match.getCaptures()) {
            var called = grammar.captures().get(capture.getIndex());
            if (called.equals(NAME)) {
                name = capture.getNode();
            } else {
                whole = capture.getNode();
                kind = called;
            }
        }
        if (name == null) {
            return null;
        }
        var length = name.getEndByte() - name.getStartByte();
        if (length <= 0 || length > LONGEST_NAME) {
            return null;
        }
        var node = whole == null ? name : whole;
        return new Definition(
                whole == null ? "type" : kind,
                node.getStartByte(),
                node.getEndByte(),
                name.getStartByte(),
                name.getEndByte());
    }

    private static List<Use> uses(TSNode root, byte[] text, byte[] name, List<Definition> definitions) {
        var defined = definitions.stream().map(Definition::nameStart).collect(Collectors.toSet());
        var uses = new ArrayList<Use>();
        for (var start = Words.find(text, 0, name);
                start >= 0 && uses.size() <= MOST_USES;
                start = Words.find(text, start + 1, name)) {
            var node = root.getNamedDescendantForByteRange(start, start + name.length);
            if (!defined.contains(start)
                    && !node.isNull()
                    && node.getStartByte() == start
                    && node.getEndByte() == start + name.length
                    && isName(node.getType())) {
                uses.add(new Use(kind(node), start));
            }
        }
        return uses;
    }

    private static boolean isName(String type) {
        return type.endsWith("identifier") || NAMES.contains(type);
    }

    /** How a name is used: {@code call}, {@code type}, {@code import} or {@code reference}. */
    private static String kind(TSNode name) {
        if (name.getType().equals("type_identifier")) {
            return "type";
        }
        var node = name;
        var parent = node.getParent();
        while (!parent.isNull() && isAccess(parent.getType()) && parent.getEndByte() == node.getEndByte()) {
            node = parent;
            parent = node.getParent();
        }
        if (parent.isNull()) {
            return "reference";
        }
        var type = parent.getType();
        if (type.contains("import") || type.contains("include") || type.startsWith("use_")) {
            return "import";
        }
        var calls = type.contains("call") || type.contains("invocation") || type.contains("creation");
        return calls && !isReceiver(parent, node) ? "call" : "reference";
    }

    /** Whether a node names what belongs to something, {@code a.b} for example. */
    private static boolean isAccess(String type) {
        return switch (type) {
            case "member_expression",
                    "field_expression",
                    "selector_expression",
                    "attribute",
                    "scoped_identifier",
                    "qualified_identifier",
                    "field_access",
                    "dotted_name",
                    "qualified_name",
                    "namespace_name" -> true;
            default -> false;
        };
    }

    private static boolean isReceiver(TSNode call, TSNode node) {
        for (var field : RECEIVERS) {
            var receiver = call.getChildByFieldName(field);
            if (!receiver.isNull() && receiver.getStartByte() == node.getStartByte()) {
                return true;
            }
        }
        return false;
    }
}
