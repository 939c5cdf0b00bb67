package dev.granary.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The public API's contract: which operations there are, and what shape their answers have. Answers are held to what
 * strictly typed clients need: every field of the schema is present ({@code null} allowed), none is there beside them,
 * numbers are numbers and strings strings, 32-bit where the contract says so. Bounds and text formats of the schemas
 * speak about requests and are not checked in answers.
 */
public final class Contract {
    private static final Map<String, Pattern> TEMPLATES = new ConcurrentHashMap<>();
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final JsonNode DOCUMENT = read("codearts-repo.openapi.json");
    private static final List<Operation> OPERATIONS = operations();
    private static final List<Extension> EXTENSIONS = extensions();

    /** Path variables whose values may hold slashes: several clients send them as they are. */
    private static final List<String> SLASHED = List.of("{branch_name}", "{file_path}");

    /** ProjectMan has an operation on the same route; only this one takes a {@code query}. */
    private static final String SHARED = "v4.ListProductPermissionResourcesGrantedUsers";

    private static final Pattern QUERY = Pattern.compile("[?&]query=");

    private Contract() {}

    /**
     * An operation of the contract.
     *
     * @param id for example {@code v4.ListUserKeys}
     * @param schema the answer's schema; a missing node when the answer has no JSON body
     */
    public record Operation(String id, String method, String path, JsonNode schema) {
        /** Method and path with nameless variables: what tells routes apart. */
        public String route() {
            return Contract.route(method, path);
        }

        /** A line of the list of missing operations. */
        public String line() {
            return id + " " + method + " " + path;
        }

        boolean hasEnvelope() {
            return path.startsWith("/v1/") || path.startsWith("/v2/") || path.startsWith("/v3/repositories/");
        }
    }

    /** A route of ours beside the contract, and why it is there. */
    public record Extension(String method, String path, String purpose) {
        public String route() {
            return Contract.route(method, path);
        }
    }

    /** Every operation, in the order of the contract. */
    public static List<Operation> all() {
        return OPERATIONS;
    }

    /** Every extension of {@code extensions.txt}: {@code METHOD path purpose…}, one a line. */
    public static List<Extension> allExtensions() {
        return EXTENSIONS;
    }

    /** The lines of a list beside the contract, without comments. */
    public static List<String> lines(String file) {
        return new String(bytes(file), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
    }

    /** {@code GET /v4/repositories/{}/x}: a route whatever its variables are called. */
    public static String route(String method, String path) {
        return method + " " + path.replaceAll("\\{[^}]*}", "{}");
    }

    /** The operation that a request is for; empty when it is for none, or for one of our extensions. */
    public static Optional<Operation> find(String method, String requestPath) {
        var path = requestPath.replaceAll("\\?.*", "");
        var operation = OPERATIONS.stream()
                .filter(candidate -> candidate.method.equals(method) && matches(candidate.path, path))
                .filter(candidate -> !candidate.id.equals(SHARED)
                        || QUERY.matcher(requestPath).find())
                .min(Comparator.comparingInt(candidate -> variables(candidate.path)));
        var extension = EXTENSIONS.stream()
                .filter(candidate -> candidate.method.equals(method) && matches(candidate.path, path))
                .mapToInt(candidate -> variables(candidate.path))
                .min();
        return operation.filter(found -> extension.isEmpty() || variables(found.path) < extension.getAsInt());
    }

    private static boolean matches(String template, String path) {
        return TEMPLATES
                .computeIfAbsent(template, Contract::pattern)
                .matcher(path)
                .matches();
    }

    private static Pattern pattern(String template) {
        var pattern = new StringBuilder();
        for (var segment : template.substring(1).split("/")) {
            pattern.append('/');
            if (SLASHED.contains(segment) || segment.startsWith("{*")) {
                pattern.append(".+");
            } else if (segment.startsWith("{")) {
                pattern.append("[^/]+");
            } else {
                pattern.append(Pattern.quote(segment));
            }
        }
        return Pattern.compile(pattern.toString());
    }

    private static int variables(String template) {
        return (int) template.chars().filter(character -> character == '{').count();
    }

    /** What is wrong with a 2xx answer; empty when it keeps to the contract. */
    public static List<String> violations(Operation operation, byte[] body) {
        var schema = resolve(operation.schema);
        if (schema.isMissingNode()) {
            return List.of();
        }
        if (body.length == 0) {
            return isEmptyObject(schema) ? List.of() : List.of("$: an empty body");
        }
        if (schema.path("type").asString("").equals("string") && body[0] != '{' && body[0] != '[') {
            return List.of(); // A text answer stands as it is or as a JSON string: clients take both.
        }
        var violations = new ArrayList<String>();
        JsonNode answer;
        try {
            answer = JSON.readTree(body);
        } catch (RuntimeException e) {
            return List.of("$: not JSON: " + e.getMessage());
        }
        if (operation.hasEnvelope()) {
            checkEnvelope(schema, answer, violations);
        } else {
            check(schema, answer, "$", violations);
        }
        return violations;
    }

    /** Fails unless a 2xx answer keeps to the contract. */
    public static void verify(Operation operation, byte[] body) {
        var violations = violations(operation, body);
        if (!violations.isEmpty()) {
            throw new AssertionError(operation.id() + " breaks its contract:\n  " + String.join("\n  ", violations)
                    + "\nin the answer\n" + new String(body, StandardCharsets.UTF_8));
        }
    }

    /** v1 and v2: {@code error} only on failure, {@code result} only on success. */
    private static void checkEnvelope(JsonNode schema, JsonNode answer, List<String> violations) {
        var status = answer.path("status").asString("");
        for (var name : answer.propertyNames()) {
            if (!List.of("error", "result", "status").contains(name)) {
                violations.add("$." + name + ": not in the envelope");
            }
        }
        if (status.equals("failed")) {
            var error = answer.path("error");
            if (!error.path("code").isString() || !error.path("message").isString() || error.size() != 2) {
                violations.add("$.error: needs a code and a message");
            }
            return;
        }
        if (!status.equals("success")) {
            violations.add("$.status: neither success nor failed");
        }
        if (answer.has("error")) {
            violations.add("$.error: on success");
        }
        var result = resolve(schema.path("properties").path("result"));
        if (answer.has("result")) {
            check(result, answer.get("result"), "$.result", violations);
        } else if (!result.isMissingNode() && !isEmptyObject(result) && !isScalar(result)) {
            violations.add("$.result: missing");
        }
    }

    private static void check(JsonNode reference, JsonNode value, String where, List<String> violations) {
        var schema = resolve(reference);
        if (value.isNull() || schema.isMissingNode()) {
            return;
        }
        switch (schema.path("type").asString("")) {
            case "object" -> checkObject(schema, value, where, violations);
            case "array" -> {
                if (!value.isArray()) {
                    violations.add(where + ": not an array but " + value);
                    return;
                }
                for (var index = 0; index < value.size(); index++) {
                    check(schema.path("items"), value.get(index), where + "[" + index + "]", violations);
                }
            }
            case "string" -> expect(value.isString(), "a string", value, where, violations);
            case "boolean" -> expect(value.isBoolean(), "a boolean", value, where, violations);
            case "number" -> expect(value.isNumber(), "a number", value, where, violations);
            case "integer" -> {
                var wide = schema.path("format").asString("").equals("int64");
                var fits = wide ? value.canConvertToLong() : value.canConvertToInt();
                expect(value.isIntegralNumber() && fits, wide ? "an int64" : "an int32", value, where, violations);
            }
            case "" -> {} // The contract declares a field without a type: anything may stand there.
            default -> violations.add(where + ": a type unknown here: " + schema);
        }
        var values = schema.path("enum");
        if (!values.isMissingNode()
                && values.valueStream().noneMatch(allowed -> isValue(allowed.asString(), value.asString()))) {
            violations.add(where + ": " + value + " is none of " + values);
        }
    }

    /** The public table gives some values with their Chinese name behind them. */
    private static boolean isValue(String allowed, String value) {
        return allowed.equals(value) || allowed.startsWith(value + ", ");
    }

    private static void checkObject(JsonNode schema, JsonNode value, String where, List<String> violations) {
        if (!value.isObject()) {
            violations.add(where + ": not an object but " + value);
            return;
        }
        var properties = schema.path("properties");
        var others = schema.path("additionalProperties");
        if (properties.isMissingNode()) {
            if (others.isObject() && !others.isEmpty()) {
                value.propertyStream()
                        .forEach(entry -> check(others, entry.getValue(), where + "." + entry.getKey(), violations));
            }
            return;
        }
        var names = new TreeSet<String>(properties.propertyNames());
        names.addAll(value.propertyNames());
        for (var name : names) {
            if (!value.has(name)) {
                violations.add(where + "." + name + ": missing");
            } else if (!properties.has(name)) {
                violations.add(where + "." + name + ": not in the contract");
            } else {
                check(properties.get(name), value.get(name), where + "." + name, violations);
            }
        }
    }

    private static void expect(
            boolean condition, String expected, JsonNode value, String where, List<String> violations) {
        if (!condition) {
            violations.add(where + ": not " + expected + " but " + value);
        }
    }

    private static boolean isEmptyObject(JsonNode schema) {
        return schema.path("type").asString("").equals("object")
                && schema.path("properties").isEmpty();
    }

    private static boolean isScalar(JsonNode schema) {
        return List.of("string", "boolean", "integer", "number")
                .contains(schema.path("type").asString(""));
    }

    private static JsonNode resolve(JsonNode schema) {
        var reference = schema.path("$ref").asString("");
        if (reference.isEmpty()) {
            return schema;
        }
        return resolve(DOCUMENT.at(reference.substring(1)));
    }

    private static List<Operation> operations() {
        var operations = new ArrayList<Operation>();
        DOCUMENT.path("paths")
                .propertyStream()
                .forEach(path -> path.getValue()
                        .propertyStream()
                        .forEach(operation -> operations.add(new Operation(
                                operation.getValue().path("operationId").asString(),
                                operation.getKey().toUpperCase(java.util.Locale.ROOT),
                                path.getKey(),
                                operation.getValue().at("/responses/2XX/content/application~1json/schema")))));
        return List.copyOf(operations);
    }

    private static List<Extension> extensions() {
        return lines("extensions.txt").stream()
                .map(line -> line.split(" ", 3))
                .map(parts -> new Extension(parts[0], parts[1], parts.length > 2 ? parts[2] : ""))
                .toList();
    }

    private static JsonNode read(String file) {
        var document = JSON.readTree(bytes(file));
        return document == null ? JsonNodeFactory.instance.missingNode() : document;
    }

    private static byte[] bytes(String file) {
        try (var stream = Contract.class.getResourceAsStream("/contract/" + file)) {
            if (stream == null) {
                throw new IllegalStateException("No /contract/" + file);
            }
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
