package dev.granary;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every setting there is, as the compiler recorded it from {@link dev.granary.kernel.Settings} and its documentation:
 * nothing is written twice.
 */
final class SettingsTable {
    private static final String METADATA = "META-INF/spring-configuration-metadata.json";

    private SettingsTable() {}

    /**
     * A setting.
     *
     * @param property for example {@code granary.http-port}
     * @param defaultValue empty when there is none
     */
    record Setting(String property, String defaultValue, String meaning) {
        /** The environment variable, for example {@code GRANARY_HTTP_PORT}. */
        String variable() {
            return SettingsTable.variable(property);
        }
    }

    /** The environment variable of a property, for example {@code GRANARY_HTTP_PORT}. */
    static String variable(String property) {
        return property.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
    }

    static List<Setting> read() {
        var settings = new ArrayList<Setting>();
        try {
            var resources = SettingsTable.class.getClassLoader().getResources(METADATA);
            while (settings.isEmpty() && resources.hasMoreElements()) {
                try (var stream = resources.nextElement().openStream()) {
                    for (var property : JsonMapper.shared().readTree(stream).path("properties")) {
                        var name = property.path("name").asString("");
                        if (name.startsWith("granary.")) {
                            settings.add(new Setting(
                                    name,
                                    property.path("defaultValue").asString(""),
                                    plain(property.path("description").asString(""))));
                        }
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return settings;
    }

    private static String plain(String documentation) {
        return documentation.replaceAll("\\{@code ([^}]*)}", "$1").replaceAll("\\s+", " ");
    }
}
