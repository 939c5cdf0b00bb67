package dev.granary.ui.settings;

import dev.granary.kernel.Problem;
import dev.granary.kernel.RemoteAddress;
import dev.granary.mirrors.MirrorService.Change;
import dev.granary.mirrors.MirrorService.DetailChange;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a mirror is set up, as its form has it; what is absent was not sent.
 *
 * @param username with {@code password}, credentials for the address; both empty: those that there are
 * @param endpoint id of stored credentials; empty for none
 * @param scheduled {@code true} where it runs by itself; so the other switches
 * @param branches {@code all} or {@code default}
 * @param interval seconds; 0: the installation's
 * @param refSpecs patterns of branches and tags, one per line
 */
public record MirrorForm(
        @Nullable String direction,
        @Nullable String url,
        @Nullable String username,
        @Nullable String password,
        @Nullable String endpoint,
        @Nullable String scheduled,
        @Nullable String branches,
        @Nullable String interval,
        @Nullable String refSpecs,
        @Nullable String prune,
        @Nullable String force,
        @Nullable String hostKey) {
    @Override
    public String toString() {
        return "MirrorForm";
    }

    String typedUrl() {
        return Objects.requireNonNullElse(url, "").strip();
    }

    /** The address with the credentials in it, as services take them. */
    String address() {
        return RemoteAddress.with(
                typedUrl(), Objects.requireNonNullElse(username, ""), Objects.requireNonNullElse(password, ""));
    }

    Change change() {
        return new Change(null, branches, "true".equals(scheduled), Objects.requireNonNullElse(endpoint, ""));
    }

    DetailChange details() {
        return new DetailChange(
                Objects.requireNonNullElse(refSpecs, "")
                        .lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty())
                        .toList(),
                "true".equals(prune),
                "true".equals(force),
                seconds(),
                Objects.requireNonNullElse(hostKey, "").strip());
    }

    private long seconds() {
        var text = Objects.requireNonNullElse(interval, "").strip();
        if (text.isEmpty()) {
            return 0;
        }
        if (!text.matches("[0-9]{1,9}")) {
            throw Problem.invalid("interval", "number");
        }
        return Long.parseLong(text);
    }
}
