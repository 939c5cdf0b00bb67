package dev.granary.ui.repository;

import dev.granary.statistics.StatisticsOverview;
import dev.granary.ui.RepositoryPage;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A repository in numbers.
 *
 * @param counting whether they are not there yet
 * @param overview null while counting, and for a repository without commits
 */
public record StatisticsPage(
        RepositoryPage repository,
        boolean counting,
        @Nullable StatisticsOverview overview) {
    private static final int HALF = 50;

    /**
     * A bar of a chart, measured in hundredths of the chart.
     *
     * @param from where it begins
     * @param length how long it is
     */
    public record Bar(String from, String length) {}

    /** The bar of each language, one behind the other. */
    public static List<Bar> bars(List<StatisticsOverview.Share> languages) {
        var bars = new java.util.ArrayList<Bar>(languages.size());
        var from = 0.0;
        for (var language : languages) {
            bars.add(new Bar(number(from), number(language.percent())));
            from += language.percent();
        }
        return bars;
    }

    /** How high a bar of lines is, where the largest is half the chart. */
    public static Bar height(long lines, long most) {
        var height = most == 0 ? 0 : (double) HALF * lines / most;
        return new Bar(number(HALF - height), number(height));
    }

    /** The most lines that were added or deleted in a week. */
    public static long most(List<StatisticsOverview.Week> weeks) {
        return weeks.stream()
                .mapToLong(week -> Math.max(week.additions(), week.deletions()))
                .max()
                .orElse(0);
    }

    /** A day since 1970-01-01 as a date. */
    public static String date(long day) {
        return LocalDate.ofEpochDay(day).toString();
    }

    private static String number(double value) {
        return BigDecimal.valueOf(value).setScale(2, RoundingMode.HALF_UP).toPlainString();
    }
}
