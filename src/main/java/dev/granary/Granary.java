package dev.granary;

import dev.granary.kernel.Settings;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.scheduling.annotation.EnableScheduling;

/** The program. */
@SpringBootApplication
@EnableConfigurationProperties(Settings.class)
@EnableScheduling
public class Granary {
    /** Starts the server with the settings of the environment. */
    public static void main(String[] args) {
        SpringApplication.run(Granary.class, args);
    }
}
