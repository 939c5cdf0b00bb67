package dev.granary.members;

import dev.granary.access.Role;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Texts;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which members are asked for.
 *
 * @param search a part of their names, in lower case; empty for any
 * @param origin where their roles come from
 * @param level the level of their strongest role; null for any
 */
public record MemberFilter(
        String search, Origin origin, @Nullable Integer level) {
    private static final int LONGEST_SEARCH = 256;

    /** Where members have their roles from. */
    public enum Origin {
        ANY,
        /** Given at the place itself. */
        HERE,
        /** Given above only. */
        ABOVE,
        /** From another account: nobody. */
        NOWHERE
    }

    /** All whose names contain a text. */
    public static MemberFilter of(String field, @Nullable String search) {
        return new MemberFilter(
                Texts.line(field, search, 0, LONGEST_SEARCH).toLowerCase(Locale.ROOT), Origin.ANY, null);
    }

    /** Narrowed by v4's {@code join_way} ({@code domain}, {@code normal}, {@code inherit}) and {@code access_level}. */
    MemberFilter joined(@Nullable String way, @Nullable Integer accessLevel) {
        var origin = switch (way == null ? "" : way) {
            case "" -> Origin.ANY;
            case "normal" -> Origin.HERE;
            case "inherit" -> Origin.ABOVE;
            case "domain" -> Origin.NOWHERE;
            default -> throw Problem.invalid("join_way", "one-of", "domain, normal, inherit");
        };
        if (accessLevel != null && accessLevel < 1) {
            throw Problem.invalid("access_level", "minimum", 1);
        }
        return new MemberFilter(search, origin, accessLevel);
    }

    /** The keys of the roles of the level. */
    List<String> rolesOfLevel() {
        return roles(0);
    }

    /** The keys of the roles above the level. */
    List<String> strongerRoles() {
        return roles(1);
    }

    private List<String> roles(int comparison) {
        if (level == null) {
            return List.of();
        }
        return Arrays.stream(Role.values())
                .filter(role -> Integer.signum(Integer.compare(role.level(), level)) == comparison)
                .map(Role::key)
                .toList();
    }
}
