package dev.granary.projects;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProjectPathTest {
    @ParameterizedTest
    @ValueSource(strings = {"a", "Granary", "my_project-1.0", "_x", "7", "v5", "a.b"})
    void keepsNamesThatWillDo(String name) {
        assertThat(ProjectPath.of(name)).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({
        "My Project, My-Project",
        "'a - b', a-b",
        "Café, Cafe",
        "项目, project",
        "项目 A, A",
        "'..', project",
        "'.hidden', hidden",
        "-x, x",
        "a/b\\c, a-b-c",
        "a..b, a.b",
        "tool.git, tool-git",
        "Tool.GIT, Tool-git",
        "trailing., trailing",
        "a?b#c%d, a-b-c-d",
    })
    void makesASlugOfTheOthers(String name, String path) {
        assertThat(ProjectPath.of(name)).isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1", "V4", "v3.0", "actuator", "Error", "assets", "api docs", "Swagger-UI"})
    void neverHidesAPathOfTheServer(String name) {
        assertThat(ProjectPath.of(name)).endsWith("-project");
    }

    @ParameterizedTest
    @ValueSource(strings = {"项目", "a", ".git", "....", "v1", "😀😀", "a\u0301"})
    void isAlwaysMadeOfLettersDigitsAndFewSigns(String name) {
        assertThat(ProjectPath.of(name)).matches("[A-Za-z0-9_][A-Za-z0-9._-]*");
    }
}
