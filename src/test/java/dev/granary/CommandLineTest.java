package dev.granary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.granary.kernel.BadSettingException;
import dev.granary.kernel.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class CommandLineTest {
    @Test
    void helpNamesEverySettingWithItsMeaning() {
        var properties = new TreeSet<String>();
        for (var component : Settings.class.getRecordComponents()) {
            if (!component.getType().isRecord()) {
                properties.add("granary." + dashed(component.getName()));
            } else {
                for (var nested : component.getType().getRecordComponents()) {
                    properties.add("granary." + dashed(component.getName()) + "." + dashed(nested.getName()));
                }
            }
        }
        var settings = SettingsTable.read();
        var names = settings.stream().map(SettingsTable.Setting::property).toList();
        assertThat(names).containsExactlyInAnyOrderElementsOf(properties);
        assertThat(settings).allSatisfy(setting -> {
            assertThat(setting.meaning()).as(setting.property()).isNotBlank();
            assertThat(CommandLine.help()).contains(setting.variable(), setting.meaning());
        });
    }

    private static String dashed(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(java.util.Locale.ROOT);
    }

    @Test
    void readmeListsEverySettingWithItsDefault() throws IOException {
        var rows = Files.readAllLines(Path.of("README.md")).stream()
                .filter(line -> line.startsWith("| `GRANARY_"))
                .toList();
        assertThat(rows)
                .isEqualTo(SettingsTable.read().stream()
                        .map(setting -> "| `%s` | %s | %s |"
                                .formatted(
                                        setting.variable(),
                                        setting.defaultValue().isEmpty() ? "" : "`" + setting.defaultValue() + "`",
                                        setting.meaning()))
                        .toList());
    }

    @Test
    void startsOnlyWithArgumentsItKnows() {
        assertThat(CommandLine.answer(new String[] {})).isEmpty();
        assertThat(CommandLine.answer(new String[] {"--granary.http-port=1", "--logging.level.root=warn"}))
                .isEmpty();
        for (var unknown : new String[] {"start", "-h", "--granary.port=1", "--granary.http-port", "--server.port=1"}) {
            assertThat(CommandLine.answer(new String[] {unknown})).as(unknown).hasValue(CommandLine.BAD_USAGE);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "granary.http-port, abc, GRANARY_HTTP_PORT: 'abc' is not a whole number",
        "granary.http-port, 65536, GRANARY_HTTP_PORT: 65536 is not a port: 0 to 65535",
        "granary.ssh-port, -1, GRANARY_SSH_PORT: -1 is not a port: 0 to 65535",
        "granary.host, no.such.host.invalid, GRANARY_HOST: no.such.host.invalid is not a known host",
        "granary.host, 192.0.2.1, GRANARY_HOST: 192.0.2.1 is not an address of this machine",
        "granary.base-url, 'ftp://x', 'GRANARY_BASE_URL: must be http(s)://host[:port][/path], not ftp://x'",
        "granary.base-url, 'http://[', 'GRANARY_BASE_URL: not an address: http://['",
        "granary.log-format, xml, 'GRANARY_LOG_FORMAT: must be text or json, not xml'",
        "granary.purge-after, soon, GRANARY_PURGE_AFTER: 'soon' is not a time such as 30s or 7d",
        "granary.limits.pushed-file, big, GRANARY_LIMITS_PUSHED_FILE: 'big' is not a size such as 10MB",
    })
    void namesABadSetting(String property, String value, String line) {
        var binder = new Binder(new MapConfigurationPropertySource(Map.of(property, value)));
        assertThatThrownBy(() -> binder.bindOrCreate("granary", Settings.class))
                .satisfies(
                        failure -> assertThat(BadSettingReporter.find(failure)).contains(line));
    }

    @Test
    void findsABadSettingUnderOtherFailures() {
        var bad = new BadSettingException("GRANARY_DATA_DIR", "is full", null);
        assertThat(BadSettingReporter.find(new IllegalStateException(new IllegalStateException(bad))))
                .contains("GRANARY_DATA_DIR: is full");
        assertThat(BadSettingReporter.find(new IllegalStateException("another failure")))
                .isEmpty();
    }

    @Test
    void measuresHowFarNamesAreApart() {
        assertThat(StartSettings.distance("GRANARY_HOST", "GRANARY_HOST")).isZero();
        assertThat(StartSettings.distance("GRANARY_HOST", "GRANARY_HSOT")).isEqualTo(2);
        assertThat(Arrays.stream(new String[] {"GRANARY_DATA", "GRANARY_DATA_DIRS"}))
                .allSatisfy(name -> assertThat(StartSettings.distance(name, "GRANARY_DATA_DIR"))
                        .isLessThan(5));
    }
}
