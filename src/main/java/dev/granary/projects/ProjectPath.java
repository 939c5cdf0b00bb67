package dev.granary.projects;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The first segment of clone addresses, made from a project's name. A name may hold what no address should, Chinese or
 * spaces for example, and must not hide a path of the server's own.
 */
final class ProjectPath {
    /** What else begins at the root of the server; compared without case. */
    private static final Set<String> RESERVED = Set.of(
            "v1",
            "v2",
            "v3",
            "v3.0",
            "v4",
            "actuator",
            "admin",
            "api",
            "api-docs",
            "api-docs.yaml",
            "assets",
            "css",
            "error",
            "explore",
            "favicon.ico",
            "groups",
            "help",
            "images",
            "js",
            "login",
            "logout",
            "new",
            "oauth2",
            "projects",
            "repositories",
            "robots.txt",
            "saml2",
            "search",
            "settings",
            "static",
            "swagger-ui",
            "swagger-ui.html",
            "uploads",
            "users",
            "webjars");

    private static final Pattern ALREADY_GOOD = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]*");
    private static final Pattern COMBINING_MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern NOT_FOR_ADDRESSES = Pattern.compile("[^A-Za-z0-9_]*[^A-Za-z0-9._-][^A-Za-z0-9_]*");
    private static final Pattern EDGES = Pattern.compile("^[.-]+|[.-]+$");
    private static final String NOTHING_LEFT = "project";
    private static final int SUFFIX_DIGITS = 8;

    private ProjectPath() {}

    /** The name itself where it will do, else what of it will; not yet unique. */
    static String of(String name) {
        var bare = isGood(name) ? name : slug(name);
        return RESERVED.contains(bare.toLowerCase(Locale.ROOT)) ? bare + "-project" : bare;
    }

    /** A path nobody has, for when the first choice is taken: the project's id tells it from the others. */
    static String unique(String path, String uuid) {
        return path + "-" + uuid.substring(0, SUFFIX_DIGITS);
    }

    private static boolean isGood(String name) {
        return ALREADY_GOOD.matcher(name).matches()
                && !name.contains("..")
                && !name.endsWith(".")
                && !hasSuffixOfRepositories(name);
    }

    private static boolean hasSuffixOfRepositories(String name) {
        return name.toLowerCase(Locale.ROOT).endsWith(".git");
    }

    private static String slug(String name) {
        var plain = COMBINING_MARKS
                .matcher(Normalizer.normalize(name, Normalizer.Form.NFKD))
                .replaceAll("");
        var joined = NOT_FOR_ADDRESSES.matcher(plain).replaceAll("-").replaceAll("\\.{2,}", ".");
        var trimmed = EDGES.matcher(joined).replaceAll("");
        if (hasSuffixOfRepositories(trimmed)) {
            trimmed = trimmed.substring(0, trimmed.length() - 4) + "-git";
        }
        return trimmed.isEmpty() ? NOTHING_LEFT : trimmed;
    }
}
