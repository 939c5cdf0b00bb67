package dev.granary.access;

import dev.granary.kernel.Problem;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the matrix of permissions is about. */
public enum Resource {
    REPOSITORY(1, "resource.repository"),
    CODE(2, "resource.code"),
    MEMBER(3, "resource.member"),
    BRANCH(4, "resource.branch"),
    TAG(5, "resource.tag"),
    MR(6, "resource.mr"),
    LABEL(7, "resource.label");

    private final int id;
    private final String textKey;

    Resource(int id, String textKey) {
        this.id = id;
        this.textKey = textKey;
    }

    public int id() {
        return id;
    }

    /** The key of its name in the message files. */
    public String textKey() {
        return textKey;
    }

    /** The name on the wire, for example {@code mr}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The permissions on it, in the order of their numbers. */
    public List<Permission> permissions() {
        return Arrays.stream(Permission.values())
                .filter(permission -> permission.isInMatrix() && permission.resource() == this)
                .sorted(Comparator.comparing(Permission::number))
                .toList();
    }

    public static Optional<Resource> ofId(int id) {
        return Arrays.stream(values()).filter(resource -> resource.id == id).findFirst();
    }

    /**
     * The resource of a {@link #key()}.
     *
     * @param field what it is called on the wire
     */
    public static Resource ofKey(String field, @Nullable String key) {
        return Arrays.stream(values())
                .filter(resource -> resource.key().equals(key))
                .findFirst()
                .orElseThrow(() -> Problem.invalid(
                        field,
                        "one-of",
                        Arrays.stream(values()).map(Resource::key).collect(Collectors.joining(", "))));
    }
}
