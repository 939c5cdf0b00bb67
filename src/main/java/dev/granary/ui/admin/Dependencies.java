package dev.granary.ui.admin;

import dev.granary.ui.admin.Dependency.Licence;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/**
 * The works that the program carries, as the build lists them: a line for each with its name, version, address and
 * licences, and tabs between them.
 */
@Component
class Dependencies {
    private static final String LIST = "META-INF/dependencies.tsv";
    private static final int FIRST_LICENCE = 3;

    /** Others say where they are from as well; only what a browser is to follow becomes a link. */
    private static final Pattern WEB = Pattern.compile("https?://\\S{1,500}");
    /** Names of licences that are ids of SPDX, which has a page for each. */
    private static final Pattern ID = Pattern.compile("MIT|0BSD|[A-Z][A-Za-z]*(-[0-9A-Za-z.]+)+");

    private static final String SPDX = "https://spdx.org/licenses/";

    /** All of them by their names; empty where the program was built without a list, as in an editor. */
    Optional<List<Dependency>> list() {
        return read(LIST);
    }

    Optional<List<Dependency>> read(String resource) {
        var file = new ClassPathResource(resource);
        if (!file.exists()) {
            return Optional.empty();
        }
        try {
            return Optional.of(file.getContentAsString(StandardCharsets.UTF_8)
                    .lines()
                    .sorted()
                    .map(line -> line.split("\t", -1))
                    .filter(fields -> fields.length >= FIRST_LICENCE)
                    .map(Dependencies::dependency)
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Dependency dependency(String[] fields) {
        return new Dependency(
                fields[0],
                fields[1],
                Arrays.stream(fields, FIRST_LICENCE, fields.length)
                        .map(name -> new Licence(name, ID.matcher(name).matches() ? SPDX + name + ".html" : ""))
                        .toList(),
                WEB.matcher(fields[2]).matches() ? fields[2] : "");
    }
}
