package dev.granary.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LanguagesTest {
    private final Languages languages = new Languages();

    private String of(String path) {
        return languages.of(path).map(Language::name).orElse("");
    }

    @Test
    void knowsFilesByTheirNamesAndLongestExtensions() {
        assertThat(of("src/Main.java")).isEqualTo("Java");
        assertThat(of("a/MAIN.C")).isEqualTo("C");
        assertThat(of("docker/Dockerfile")).isEqualTo("Dockerfile");
        assertThat(of("Makefile")).isEqualTo("Makefile");
        assertThat(of("view.blade.php")).isEqualTo("Blade");
        assertThat(of("index.php")).isEqualTo("PHP");
        assertThat(of("x.d.ts")).isEqualTo("TypeScript");
        assertThat(languages.named("Java")).map(Language::color).hasValue("#b07219");
    }

    @Test
    void countsNeitherProseNorDataNorWhatOthersWrote() {
        assertThat(of("README.md")).isEmpty();
        assertThat(of("package.json")).isEmpty();
        assertThat(of("LICENSE")).isEmpty();
        assertThat(of("web/node_modules/x/index.js")).isEmpty();
        assertThat(of("vendor/x.go")).isEmpty();
        assertThat(of("static/jquery.min.js")).isEmpty();
        assertThat(of("myvendor/x.go")).isEqualTo("Go");
        assertThat(of(".java/readme")).isEmpty();
    }
}
