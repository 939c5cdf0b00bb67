package dev.granary.access;

import dev.granary.kernel.Problem;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What somebody is in a project, a group or a repository. Of several roles, the last in this order is shown. */
public enum Role {
    /** Reads pages and the API, but neither downloads nor changes anything. */
    VIEWER(8, 20, 20, "Viewer", "浏览者"),
    PARTICIPANT(7, 20, 20, "Participant", "参与者"),
    TESTER(6, 20, 20, "Tester", "测试人员"),
    OPERATION_MANAGER(9, 20, 20, "Operation manager", "运维经理"),
    TEST_MANAGER(5, 20, 20, "Test manager", "测试经理"),
    PRODUCT_MANAGER(10, 20, 20, "Product manager", "产品经理"),
    /** Works on code much as developers do. */
    SYSTEM_ENGINEER(11, 30, 30, "System engineer", "系统工程师"),
    /** Works on code. */
    DEVELOPER(4, 30, 30, "Developer", "开发人员"),
    /** Works on code and decides on merge requests. */
    COMMITTER(12, 30, 35, "Committer", "Committer"),
    /** May do everything in a project. */
    PROJECT_MANAGER(3, 40, 40, "Project manager", "项目经理");

    private final int number;
    private final int legacyLevel;
    private final int level;
    private final String englishName;
    private final String chineseName;

    Role(int number, int legacyLevel, int level, String englishName, String chineseName) {
        this.number = number;
        this.legacyLevel = legacyLevel;
        this.level = level;
        this.englishName = englishName;
        this.chineseName = chineseName;
    }

    /**
     * ProjectMan's number of the role, which is its id wherever an operation has an id of a role. ProjectMan's
     * documentation ends at 11 (system engineer) and leaves the committer out; 12 stands for it here.
     */
    public int number() {
        return number;
    }

    /** The level in v1 members: 20 viewer, 30 member, 40 administrator. */
    public int legacyLevel() {
        return legacyLevel;
    }

    /** The level in v4: 20 viewer, 30 developer, 35 committer, 40 administrator. */
    public int level() {
        return level;
    }

    /** The role's English name: answers that name roles do so in both languages, whatever the caller's. */
    public String englishName() {
        return englishName;
    }

    /** The role's Chinese name. */
    public String chineseName() {
        return chineseName;
    }

    /** What the role holds of a permission by default, and whether that may be changed. */
    public Cell cell(Permission permission) {
        return DefaultMatrix.cell(this, permission);
    }

    /** What the role may do where nobody changed it. */
    public Set<Permission> permissions() {
        return Matrix.DEFAULT.permissions(this);
    }

    /** The role's name in the database, for example {@code project_manager}. */
    public String key() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** The roles of a list of keys separated by commas; none for null. */
    static Set<Role> ofKeys(@Nullable String keys) {
        var roles = EnumSet.noneOf(Role.class);
        if (keys != null) {
            for (var key : keys.split(",")) {
                roles.add(ofKey(key));
            }
        }
        return roles;
    }

    /** The role of a {@link #key()}. */
    public static Role ofKey(String key) {
        return valueOf(key.toUpperCase(java.util.Locale.ROOT));
    }

    /**
     * The role of a {@link #number()}.
     *
     * @param field what it is called on the wire
     * @throws Problem when it is missing or none of the roles
     */
    public static Role ofNumber(String field, @Nullable Integer number) {
        if (number == null) {
            throw Problem.invalid(field, "required");
        }
        return find(number).orElseThrow(() -> Problem.invalid(field, "one-of", numbers()));
    }

    /** As {@link #ofNumber(String, Integer)}, with the number as decimal digits. */
    public static Role ofNumber(String field, @Nullable String digits) {
        if (digits == null || digits.isEmpty()) {
            throw Problem.invalid(field, "required");
        }
        return Arrays.stream(values())
                .filter(role -> String.valueOf(role.number).equals(digits))
                .findFirst()
                .orElseThrow(() -> Problem.invalid(field, "one-of", numbers()));
    }

    private static Optional<Role> find(int number) {
        return Arrays.stream(values()).filter(role -> role.number == number).findFirst();
    }

    private static String numbers() {
        return Arrays.stream(values())
                .sorted(Comparator.comparing(Role::number))
                .map(role -> String.valueOf(role.number))
                .collect(Collectors.joining(", "));
    }
}
