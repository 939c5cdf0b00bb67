package dev.granary;

import dev.granary.kernel.BadSettingException;
import java.util.Optional;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Says in one line which setting keeps the server from starting, instead of a stack trace. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class BadSettingReporter implements SpringBootExceptionReporter {
    @Override
    public boolean reportException(Throwable failure) {
        var line = find(failure);
        line.ifPresent(text -> System.err.println(text.lines().findFirst().orElse("")));
        return line.isPresent();
    }

    /** The line to print, when a setting is what keeps the server from starting. */
    static Optional<String> find(Throwable failure) {
        Optional<String> outer = Optional.empty();
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof BadSettingException bad) {
                return Optional.of(String.valueOf(bad.getMessage()));
            }
            if (cause instanceof PortInUseException port) {
                return Optional.of("GRANARY_HTTP_PORT: port " + port.getPort() + " is in use already");
            }
            if (cause instanceof BindException bind && bind.getName().toString().startsWith("granary.")) {
                outer = Optional.of(describe(bind));
            }
        }
        return outer;
    }

    private static String describe(BindException bind) {
        var property = bind.getProperty();
        var type = bind.getTarget().getType().resolve(Object.class).getSimpleName();
        return SettingsTable.variable(bind.getName().toString()) + ": "
                + (property == null ? "no value" : "'" + property.getValue() + "'") + " is not "
                + switch (type) {
                    case "int", "Integer", "long", "Long" -> "a whole number";
                    case "DataSize" -> "a size such as 10MB";
                    case "Duration" -> "a time such as 30s or 7d";
                    case "boolean", "Boolean" -> "true or false";
                    default -> "a " + type;
                };
    }
}
