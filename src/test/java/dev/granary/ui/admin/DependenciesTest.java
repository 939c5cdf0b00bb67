package dev.granary.ui.admin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DependenciesTest {
    private final Dependencies dependencies = new Dependencies();

    @Test
    void classesWithoutAListSayNothing() {
        assertThat(dependencies.read("META-INF/nothing.tsv")).isEmpty();
        assertThat(dependencies.list()).isPresent();
    }
}
