package dev.granary;

import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

class ModularityTest {
    @Test
    void modulesKeepToTheirAllowedDependencies() {
        ApplicationModules.of(Granary.class).verify();
    }
}
