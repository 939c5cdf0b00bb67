package dev.granary.identity;

import dev.granary.kernel.Problem;
import dev.granary.kernel.Texts;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Rules for what people type about users. */
final class Inputs {
    private static final Pattern USER_NAME = Pattern.compile("[A-Za-z0-9_](?:[A-Za-z0-9_. -]{0,62}[A-Za-z0-9_.-])?");
    private static final Pattern EMAIL = Pattern.compile("[^@\\s\\p{Cntrl}<>]{1,64}@[^@\\s\\p{Cntrl}<>]{1,189}");
    private static final int PASSWORD_SHORTEST = 8;
    private static final int PASSWORD_LONGEST = 128;

    private Inputs() {}

    /** A log-in name: IAM's characters, and a digit may come first, as staff numbers do. */
    static String userName(@Nullable String value) {
        var name = Texts.line("name", value, 1, 64);
        if (!USER_NAME.matcher(name).matches()) {
            throw Problem.invalid("name", "user-name");
        }
        return name;
    }

    /** A password that is good enough for a user. */
    static String password(String field, @Nullable String value, String userName) {
        if (value == null || value.isEmpty()) {
            throw Problem.invalid(field, "required");
        }
        if (isWeak(value, userName)) {
            throw Problem.invalid(field, "weak-password", PASSWORD_SHORTEST, PASSWORD_LONGEST);
        }
        return value;
    }

    static boolean isWeak(String password, String userName) {
        return password.length() < PASSWORD_SHORTEST
                || password.length() > PASSWORD_LONGEST
                || password.equalsIgnoreCase(userName);
    }

    /** An e-mail address, or nothing. */
    static String email(String field, @Nullable String value) {
        var email = value == null ? "" : value;
        if (!email.isEmpty() && !EMAIL.matcher(email).matches()) {
            throw Problem.invalid(field, "email");
        }
        return email;
    }
}
