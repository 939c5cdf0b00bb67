package dev.granary;

import dev.granary.kernel.Settings;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Locale;
import org.apache.commons.logging.Log;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.logging.DeferredLogFactory;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Looks at the settings before anything else starts: bad ones stop the start at once, unknown ones are warned about, and
 * those that the framework needs under its own names are passed on.
 */
final class StartSettings implements EnvironmentPostProcessor, Ordered {
    private final Log log;

    StartSettings(DeferredLogFactory logs) {
        this.log = logs.getLog(StartSettings.class);
    }

    /** After the configuration files have been read. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        var settings = Binder.get(environment).bindOrCreate("granary", Settings.class);
        var ours = new HashMap<String, Object>();
        ours.put("server.address", settings.host());
        ours.put("server.port", settings.httpPort());
        if (settings.logFormat().equals("json")) {
            ours.put("logging.structured.format.console", "logstash");
        }
        environment.getPropertySources().addLast(new MapPropertySource("granary", ours));
        environment.getSystemEnvironment().keySet().stream()
                .filter(name -> name.startsWith("GRANARY_"))
                .sorted()
                .forEach(this::warnIfUnknown);
    }

    private void warnIfUnknown(String variable) {
        var names = SettingsTable.read().stream()
                .map(SettingsTable.Setting::variable)
                .toList();
        // The framework also reads names without the underscores that stand for dashes.
        if (names.stream().noneMatch(name -> squeezed(name).equals(squeezed(variable)))) {
            var nearest = names.stream().min(Comparator.comparingInt(name -> distance(name, variable)));
            log.warn("Unknown setting " + variable + "; did you mean " + nearest.orElse("none") + "?");
        }
    }

    private static String squeezed(String name) {
        return name.replace("_", "").toLowerCase(Locale.ROOT);
    }

    /** How many letters must be changed, added or left out to turn one name into the other. */
    static int distance(String from, String to) {
        var row = new int[to.length() + 1];
        for (var column = 0; column <= to.length(); column++) {
            row[column] = column;
        }
        for (var line = 1; line <= from.length(); line++) {
            var diagonal = row[0];
            row[0] = line;
            for (var column = 1; column <= to.length(); column++) {
                var above = row[column];
                var change = from.charAt(line - 1) == to.charAt(column - 1) ? 0 : 1;
                row[column] = Math.min(Math.min(above, row[column - 1]) + 1, diagonal + change);
                diagonal = above;
            }
        }
        return row[to.length()];
    }
}
