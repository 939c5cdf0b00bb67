package dev.granary.kernel;

import java.util.UUID;
import java.util.regex.Pattern;

/** Identifiers on the wire. */
public final class Ids {
    private static final Pattern UUID_HEX = Pattern.compile("[0-9a-f]{32}");

    private Ids() {}

    /** A new random identifier of 32 lower-case hex digits. */
    public static String newUuid() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    /** Whether the text is 32 lower-case hex digits. */
    public static boolean isUuid(String text) {
        return UUID_HEX.matcher(text).matches();
    }
}
