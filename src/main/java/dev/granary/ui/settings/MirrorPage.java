package dev.granary.ui.settings;

import dev.granary.kernel.Page;
import dev.granary.mirrors.Direction;
import dev.granary.mirrors.Endpoint;
import dev.granary.mirrors.MirrorOverviewService.Overview;
import dev.granary.mirrors.MirrorOverviewService.Run;
import dev.granary.ui.PlacePage;
import dev.granary.ui.RepositoryPage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A mirror of a repository.
 *
 * @param mirror as it is; null where there is none of the direction
 * @param endpoints the project's stored credentials; null where the reader may not choose among them
 * @param runs of all directions, the newest first
 * @param number of the page of runs, from 1
 * @param rows on a page
 * @param failure why the last form was not taken; null for none
 */
public record MirrorPage(
        RepositoryPage repository,
        Direction direction,
        @Nullable Overview mirror,
        @Nullable List<Endpoint> endpoints,
        Page<Run> runs,
        int number,
        int rows,
        @Nullable String failure) {
    private static final long DAY = 86_400;
    private static final long HOUR = 3_600;
    private static final long MINUTE = 60;

    public MirrorPage {
        endpoints = endpoints == null ? null : List.copyOf(endpoints);
    }

    /** Where the project's credentials are kept. */
    public String endpointsAddress() {
        var path = repository.repository().fullPath();
        return repository.base() + PlacePage.address(path.substring(0, path.indexOf('/'))) + "/-/endpoints";
    }

    /** The address of the page, without its query. */
    public String address() {
        return repository.page("settings/mirror");
    }

    /** The newest run that waits or is under way on this page; null for none. */
    public @Nullable Run open() {
        return runs.items().stream().filter(run -> run.run().open()).findFirst().orElse(null);
    }

    /** The key of a duration's text: {@code seconds}, {@code minutes}, {@code hours} or {@code days}. */
    public static String unit(long seconds) {
        return seconds < MINUTE ? "seconds" : seconds < HOUR ? "minutes" : seconds < DAY ? "hours" : "days";
    }

    /** A duration in its {@link #unit}. */
    public static long amount(long seconds) {
        return switch (unit(seconds)) {
            case "seconds" -> seconds;
            case "minutes" -> seconds / MINUTE;
            case "hours" -> seconds / HOUR;
            default -> seconds / DAY;
        };
    }
}
