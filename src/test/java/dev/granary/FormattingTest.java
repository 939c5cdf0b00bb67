package dev.granary;

import static org.assertj.core.api.Assertions.assertThat;

import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.JavaFormatterOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * The formatter, run where it knows the language: the build itself may run on an older JDK than the code needs.
 * {@code ./mvnw test -Dtest=FormattingTest -Dformat=apply} rewrites what differs.
 */
@Order(1)
class FormattingTest {
    private static final Formatter FORMATTER = Formatter.createFormatter(JavaFormatterOptions.builder()
            .style(JavaFormatterOptions.Style.PALANTIR)
            .formatJavadoc(false)
            .build());

    @Test
    void everySourceFileIsFormatted() throws IOException {
        var apply = "apply".equals(System.getProperty("format"));
        var different = new ArrayList<Path>();
        for (var root : new String[] {"src/main/java", "src/test/java", "bench/src"}) {
            try (var paths = Files.walk(Path.of(root))) {
                for (var path :
                        (Iterable<Path>) paths.filter(file -> file.toString().endsWith(".java"))::iterator) {
                    var source = Files.readString(path);
                    var formatted = format(path, source);
                    if (!formatted.equals(source)) {
                        if (apply) {
                            Files.writeString(path, formatted);
                        } else {
                            different.add(path);
                        }
                    }
                }
            }
        }
        assertThat(different)
                .as("files to format with ./mvnw test -Dtest=FormattingTest -Dformat=apply")
                .isEmpty();
    }

    private static String format(Path path, String source) {
        try {
            return FORMATTER.formatSourceAndFixImports(source);
        } catch (FormatterException e) {
            throw new IllegalStateException("Cannot parse " + path, e);
        }
    }
}
