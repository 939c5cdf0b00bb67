package dev.granary;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.Properties;

/** What the command answers without starting the server. */
final class CommandLine {
    /** The exit code for an argument or setting that is not understood. */
    static final int BAD_USAGE = 2;

    private static final int NAME_WIDTH = 30;

    private CommandLine() {}

    /** Answers on the console and returns the exit code; empty when the arguments say to start the server. */
    static OptionalInt answer(String[] arguments) {
        if (Arrays.asList(arguments).contains("--help")) {
            System.out.print(help());
            return OptionalInt.of(0);
        }
        if (Arrays.asList(arguments).contains("--version")) {
            System.out.println("granary " + version());
            return OptionalInt.of(0);
        }
        for (var argument : arguments) {
            if (!isSetting(argument)) {
                System.err.println("Unknown argument " + argument + "; --help lists what there is");
                return OptionalInt.of(BAD_USAGE);
            }
        }
        return OptionalInt.empty();
    }

    /** Settings may be given as arguments too, ours and those of the framework for logs, mail and configuration files. */
    private static boolean isSetting(String argument) {
        if (!argument.startsWith("--") || !argument.contains("=")) {
            return false;
        }
        var name = argument.substring(2, argument.indexOf('='));
        return SettingsTable.read().stream()
                        .anyMatch(setting -> setting.property().equals(name))
                || name.startsWith("logging.")
                || name.startsWith("spring.config.")
                || name.startsWith("spring.mail.");
    }

    static String help() {
        var text = new StringBuilder("""
            Granary, a self-hosted Git server. It runs until it is stopped.

            Usage: java -jar granary.jar [--help | --version]

            Settings, from the environment (GRANARY_HTTP_PORT=80), from application.yaml in the
            working folder (granary.http-port: 80) or as arguments (--granary.http-port=80):

            """);
        for (var setting : SettingsTable.read()) {
            text.append("  ").append(setting.variable());
            text.append(" ".repeat(Math.max(1, NAME_WIDTH - setting.variable().length())));
            text.append(setting.meaning());
            if (!setting.defaultValue().isEmpty()) {
                text.append(" [").append(setting.defaultValue()).append(']');
            }
            text.append('\n');
        }
        return text.toString();
    }

    static String version() {
        try (InputStream stream = CommandLine.class.getResourceAsStream("/META-INF/build-info.properties")) {
            var build = new Properties();
            if (stream != null) {
                build.load(stream);
            }
            return build.getProperty("build.version", "without a build");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
