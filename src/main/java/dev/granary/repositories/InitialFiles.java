package dev.granary.repositories;

import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;

/** The files a new repository may begin with: a readme, a language's .gitignore, a licence. */
@Component
public class InitialFiles {
    private static final String GITIGNORES = "initial/gitignore/";
    private static final String SUFFIX = ".txt";
    private static final Pattern RESOURCE_NAME = Pattern.compile("[a-z0-9+#-]{1,40}");
    /** The public API's licence numbers. */
    private static final Map<Integer, String> LICENCES = Map.ofEntries(
            Map.entry(1, "apache-2.0"),
            Map.entry(2, "mit"),
            Map.entry(3, "bsd-2-clause"),
            Map.entry(4, "bsd-3-clause"),
            Map.entry(6, "gpl-2.0"),
            Map.entry(7, "gpl-3.0"),
            Map.entry(9, "lgpl-2.1"),
            Map.entry(10, "lgpl-3.0"),
            Map.entry(11, "mpl-2.0"),
            Map.entry(12, "unlicense"));

    private final Clock clock;

    InitialFiles(Clock clock) {
        this.clock = clock;
    }

    /** The languages there is a .gitignore for, from A to Z. */
    public List<String> gitignores() {
        try {
            return Arrays.stream(new PathMatchingResourcePatternResolver()
                            .getResources("classpath:" + GITIGNORES + "*" + SUFFIX))
                    .map(resource -> Objects.requireNonNull(resource.getFilename()))
                    .map(name -> name.substring(0, name.length() - SUFFIX.length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The licences there are, their names by the public API's numbers. */
    public SortedMap<Integer, String> licences() {
        return new TreeMap<>(LICENCES);
    }

    /**
     * The content of the chosen files by name; empty when none is chosen.
     *
     * @param gitignore a language's name; null or blank: no .gitignore
     * @param licence a number of the public API; null or 0: no licence
     * @param holder whom the copyright line of short licences names
     */
    Map<String, String> choose(
            String name,
            String description,
            boolean readme,
            @Nullable String gitignore,
            @Nullable Integer licence,
            String holder) {
        var files = new HashMap<String, String>();
        if (readme) {
            files.put(
                    "README.md",
                    description.isBlank() ? "# " + name + "\n" : "# " + name + "\n\n" + description + "\n");
        }
        if (RepositoryCreation.given(gitignore)) {
            files.put(".gitignore", gitignore(Objects.requireNonNull(gitignore)));
        }
        if (licence != null && licence != 0) {
            files.put("LICENSE", licence(licence, holder));
        }
        return files;
    }

    private static String gitignore(String language) {
        var key = language.toLowerCase(Locale.ROOT);
        var resource = new ClassPathResource(GITIGNORES + key + SUFFIX);
        if (!RESOURCE_NAME.matcher(key).matches() || !resource.exists()) {
            throw new Problem(ErrorCode.UNKNOWN_GITIGNORE, language);
        }
        return read(resource);
    }

    private String licence(int number, String holder) {
        var name = LICENCES.get(number);
        if (name == null) {
            throw new Problem(ErrorCode.UNKNOWN_LICENSE, Integer.toString(number));
        }
        return read(new ClassPathResource("initial/licence/" + name + ".txt"))
                .replace("{year}", Integer.toString(LocalDate.now(clock).getYear()))
                .replace("{holder}", holder);
    }

    private static String read(ClassPathResource resource) {
        try (var in = resource.getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
