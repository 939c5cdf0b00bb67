package dev.granary.repositories;

import dev.granary.access.Visibility;
import dev.granary.projects.PlaceNames;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How a repository's properties are written in answers. */
final class Wire {
    /** Changes come as merge requests; the other mode of the public API has no operations. */
    static final String DEVELOP_MODE = "normal";

    private static final double MEGABYTE = 1024.0 * 1024.0;
    private static final double GIGABYTE_IN_MEGABYTES = 1024.0;

    private Wire() {}

    /** {@code private}, {@code internal} or {@code public}. */
    static String visibility(HostedRepository repository) {
        return switch (visibilityOf(repository)) {
            case PRIVATE -> "private";
            case PROJECT -> "internal";
            case PUBLIC -> "public";
        };
    }

    /** Who may read an internal repository; null for the others. */
    static @Nullable String security(HostedRepository repository) {
        return visibilityOf(repository) == Visibility.PROJECT ? "product_internal" : null;
    }

    private static Visibility visibilityOf(HostedRepository repository) {
        var visibility = Visibility.ofLevel(repository.visibility());
        return visibility == null ? Visibility.PRIVATE : visibility;
    }

    /** The names a person reads, for example {@code My project / tools / build}. */
    static String nameWithNamespace(HostedRepository repository) {
        return PlaceNames.readable(repository.projectName(), repository.fullPath());
    }

    static String status(HostedRepository repository) {
        return switch (repository.status()) {
            case HostedRepository.READY -> "normal";
            case HostedRepository.CREATING -> "creating";
            default -> "failed";
        };
    }

    /** A size in v2: megabytes such as {@code 1.50M}; from 1024 megabytes on gigabytes such as {@code 1.50G}. */
    static String size(long bytes) {
        var megabytes = bytes / MEGABYTE;
        return megabytes < GIGABYTE_IN_MEGABYTES
                ? String.format(Locale.ROOT, "%.2fM", megabytes)
                : String.format(Locale.ROOT, "%.2fG", megabytes / GIGABYTE_IN_MEGABYTES);
    }

    /** A size in v4: megabytes, to the thousandth. */
    static double megabytes(long bytes) {
        return Math.round(bytes / MEGABYTE * 1000) / 1000.0;
    }
}
