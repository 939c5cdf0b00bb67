package dev.granary;

import dev.granary.kernel.Settings;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.scheduling.annotation.EnableScheduling;
import sun.misc.Signal;

/** The program. */
@SpringBootApplication
@EnableConfigurationProperties(Settings.class)
@EnableScheduling
public class Granary {
    /**
     * Answers a question about the program, or starts the server with the settings of the environment. Exit codes: 0
     * after an answer or an orderly stop, 2 for a bad setting or argument, 1 for any other failure.
     */
    public static void main(String[] args) {
        var answered = CommandLine.answer(args);
        if (answered.isPresent()) {
            System.exit(answered.getAsInt());
        }
        AotCache.relaunch();
        // A service manager that stops the server wants to see that it stopped in order: 0, not 143.
        Signal.handle(new Signal("TERM"), _ -> System.exit(0));
        try {
            SpringApplication.run(Granary.class, args);
            // Starting fills the heap with what is never used again. Collected now, that memory goes back to the
            // machine.
            System.gc();
        } catch (SpringApplication.AbandonedRunException forTheBuild) {
            // The build prepares the start: it goes as far as this and takes the rest over.
            throw forTheBuild;
        } catch (RuntimeException failure) {
            System.exit(BadSettingReporter.find(failure).isPresent() ? CommandLine.BAD_USAGE : 1);
        }
    }
}
