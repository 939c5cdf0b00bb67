package dev.granary.kernel;

import org.jspecify.annotations.Nullable;

/** A setting that keeps the server from starting. Shown as one line that names the setting. */
public final class BadSettingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * @param setting the environment variable's name, for example {@code GRANARY_DATA_DIR}
     * @param reason what is wrong, and with which value; never a secret's
     */
    public BadSettingException(String setting, String reason, @Nullable Throwable cause) {
        super(setting + ": " + reason, cause);
    }
}
