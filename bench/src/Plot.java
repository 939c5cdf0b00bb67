import java.util.List;
import java.util.Locale;

/** A bar for each compared figure: how many times better than native, on a logarithmic scale, with the goal. */
final class Plot {
    private static final int LINE = 26;
    private static final int LEFT = 360;
    private static final int WIDTH = 480;
    private static final double LOWEST = 0.25;
    private static final double HIGHEST = 64;

    private final List<Figure> figures;

    Plot(List<Figure> figures) {
        this.figures = figures.stream().filter(Figure::compared).toList();
    }

    String svg() {
        int height = LINE * (figures.size() + 2);
        var svg = new StringBuilder("""
            <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" font-family="sans-serif" font-size="13">
            <rect width="100%%" height="100%%" fill="white"/>
            """.formatted(LEFT + WIDTH + 80, height));
        for (double times = LOWEST; times <= HIGHEST; times *= 2) {
            svg.append(String.format(
                    Locale.ROOT,
                    """
                    <line x1="%1$.1f" y1="%2$d" x2="%1$.1f" y2="%3$d" stroke="%4$s"/>
                    <text x="%1$.1f" y="18" text-anchor="middle" fill="#555">%5$s ×</text>
                    """,
                    x(times),
                    LINE,
                    height,
                    times == 1 ? "#333" : "#ddd",
                    times < 1 ? Double.toString(times) : Long.toString((long) times)));
        }
        for (int i = 0; i < figures.size(); i++) {
            svg.append(bar(figures.get(i), LINE * (i + 1) + 4));
        }
        return svg.append("</svg>\n").toString();
    }

    private static String bar(Figure figure, int top) {
        double from = Math.min(x(1), x(figure.times()));
        double to = Math.max(x(1), x(figure.times()));
        var bar = String.format(
                Locale.ROOT,
                """
                <text x="%d" y="%d" text-anchor="end">%s</text>
                <rect x="%.1f" y="%d" width="%.1f" height="%d" fill="%s"/>
                <text x="%.1f" y="%d">%.1f</text>
                """,
                LEFT - 10,
                top + 14,
                figure.name(),
                from,
                top,
                to - from,
                LINE - 8,
                figure.goal().met(figure) ? "#3a8a4f" : "#c0653a",
                to + 4,
                top + 14,
                figure.times());
        if (figure.goal().measure() == Goal.Measure.TIMES) {
            bar += String.format(
                    Locale.ROOT,
                    "<line x1=\"%1$.1f\" y1=\"%2$d\" x2=\"%1$.1f\" y2=\"%3$d\" stroke=\"black\" stroke-width=\"2\"/>\n",
                    x(figure.goal().bound()),
                    top - 2,
                    top + LINE - 6);
        }
        return bar;
    }

    private static double x(double times) {
        double clipped = Math.clamp(times, LOWEST, HIGHEST);
        return LEFT + WIDTH * Math.log(clipped / LOWEST) / Math.log(HIGHEST / LOWEST);
    }
}
