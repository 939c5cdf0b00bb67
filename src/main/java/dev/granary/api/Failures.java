package dev.granary.api;

import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Sentence;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Renders a {@link Problem} in the dialect and language of a request. */
@Component
public class Failures {
    private static final String BUSY_SECONDS = "10";

    private final MessageSource messages;
    private final Languages languages;
    private final JsonMapper json;

    Failures(MessageSource messages, Languages languages, JsonMapper json) {
        this.messages = messages;
        this.languages = languages;
        this.json = json;
    }

    /** The problem's text in a language: English or Chinese. */
    public String text(Problem problem, Locale locale) {
        return messages.getMessage("error." + problem.code().name(), problem.arguments(), locale);
    }

    /** Any other text of the message files in a language. */
    public String text(String key, Locale locale, Object... arguments) {
        return messages.getMessage(key, arguments, locale);
    }

    /** A {@link dev.granary.kernel.Sentence} as it was stored, in a language; null where there is none. */
    public @Nullable String text(@Nullable String key, @Nullable String arguments, Locale locale) {
        return key == null
                ? null
                : messages.getMessage(
                        key, new Sentence(key, Objects.requireNonNullElse(arguments, "")).values(), locale);
    }

    /** The HTTP status of the failure for this request: only v1/v2 report failures with a status of success. */
    int status(HttpServletRequest request, Problem problem) {
        var status = problem.code().status();
        return Dialect.of(request) == Dialect.BARE && status < 400 ? 400 : status;
    }

    /** The body of the failure for this request. */
    Object body(HttpServletRequest request, Problem problem) {
        return body(request, problem.code(), text(problem, languages.resolveLocale(request)));
    }

    /** The body of a failure whose text is already made. */
    Object body(HttpServletRequest request, ErrorCode code, String text) {
        return Dialect.of(request) == Dialect.LEGACY
                ? LegacyAnswer.failure(code.legacyCode(), text)
                : new BareFailure(code.code(), text);
    }

    /** The seconds after which a client may try again, where that helps: for the {@code Retry-After} header. */
    public static Optional<String> retryAfter(Problem problem) {
        if (problem.code() == ErrorCode.TOO_MANY_FAILURES || problem.code() == ErrorCode.MAIL_TOO_SOON) {
            return Optional.of(String.valueOf(problem.arguments()[0]));
        }
        return problem.code() == ErrorCode.BUSY || problem.code() == ErrorCode.TOOK_TOO_LONG
                ? Optional.of(BUSY_SECONDS)
                : Optional.empty();
    }

    /** Answers a request that fails before it reaches a controller: in a filter, say. */
    public void write(HttpServletRequest request, HttpServletResponse response, Problem problem) throws IOException {
        response.setStatus(status(request, problem));
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.setHeader("Cache-Control", "no-store");
        retryAfter(problem).ifPresent(seconds -> response.setHeader("Retry-After", seconds));
        response.getOutputStream().write(json.writeValueAsBytes(body(request, problem)));
    }
}
