package dev.granary.refs;

import com.google.re2j.Pattern;
import java.util.List;
import java.util.Optional;

/** Keys and tokens of well-known forms, which have no business in a repository. */
final class SecretPatterns {
    private static final List<Kind> KINDS = List.of(
            kind("private key", "PRIVATE KEY", "-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----"),
            kind("AWS access key", "AKIA", "\\bAKIA[0-9A-Z]{16}\\b"),
            kind("GitHub token", "gh", "\\bgh[pousr]_[0-9A-Za-z]{36}\\b"),
            kind("GitHub token", "github_pat_", "\\bgithub_pat_[0-9A-Za-z_]{60,}"),
            kind("GitLab token", "glpat-", "\\bglpat-[0-9A-Za-z_-]{20}"),
            kind("Slack token", "xox", "\\bxox[abeprs]-[0-9A-Za-z-]{10,}"),
            kind("Google API key", "AIza", "\\bAIza[0-9A-Za-z_-]{35}"),
            kind("Stripe key", "_live_", "\\b[rs]k_live_[0-9A-Za-z]{20,}"),
            kind("npm token", "npm_", "\\bnpm_[0-9A-Za-z]{36}\\b"),
            kind("PyPI token", "pypi-", "\\bpypi-AgEIcHlwaS5vcmc[0-9A-Za-z_-]{50,}"),
            kind("OpenAI key", "sk-", "\\bsk-(?:proj-)?[0-9A-Za-z_-]{40,}"),
            kind("SendGrid key", "SG.", "\\bSG\\.[0-9A-Za-z_-]{22}\\.[0-9A-Za-z_-]{43}"));

    private SecretPatterns() {}

    /** The literal is looked for first: most files have none of them. */
    private record Kind(String name, String literal, Pattern pattern) {}

    private static Kind kind(String name, String literal, String pattern) {
        return new Kind(name, literal, Pattern.compile(pattern));
    }

    /** The kind of the first secret in a text that another text, what was there before, has not. */
    static Optional<String> find(String text, String before) {
        for (var kind : KINDS) {
            if (text.contains(kind.literal)) {
                var matcher = kind.pattern.matcher(text);
                while (matcher.find()) {
                    if (!before.contains(matcher.group()) || isNew(kind, text, before)) {
                        return Optional.of(kind.name);
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** The beginning of a private key looks like that of every other: there must not be more of them than before. */
    private static boolean isNew(Kind kind, String text, String before) {
        return count(kind, text) > count(kind, before);
    }

    private static int count(Kind kind, String text) {
        var matcher = kind.pattern.matcher(text);
        var count = 0;
        while (matcher.find()) {
            count++;
        }
        return count;
    }
}
