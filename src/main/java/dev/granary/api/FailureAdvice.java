package dev.granary.api;

import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import dev.granary.kernel.StorageFull;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.support.DefaultMessageSourceResolvable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.validation.FieldError;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingRequestValueException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.resource.NoResourceFoundException;
import org.springframework.web.util.DisconnectedClientHelper;
import tools.jackson.core.JacksonException;

/** Turns every exception that leaves a controller into a failure of the request's dialect and language. */
@RestControllerAdvice
class FailureAdvice {
    private static final Logger log = LoggerFactory.getLogger(FailureAdvice.class);
    private static final Pattern WORD_BOUNDARY = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");

    private final Failures failures;
    private final Languages languages;

    FailureAdvice(Failures failures, Languages languages) {
        this.failures = failures;
        this.languages = languages;
    }

    @ExceptionHandler
    ResponseEntity<Object> problem(Problem problem, HttpServletRequest request) {
        var answer = ResponseEntity.status(failures.status(request, problem));
        Failures.retryAfter(problem).ifPresent(seconds -> answer.header("Retry-After", seconds));
        return answer.body(failures.body(request, problem));
    }

    @ExceptionHandler
    ResponseEntity<Object> notReadable(HttpMessageNotReadableException failure, HttpServletRequest request) {
        // The reader wraps what the body's stream throws into a complaint about the field it was at.
        for (var cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof Problem problem) {
                return problem(problem, request);
            }
        }
        for (var cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof JacksonException json && !json.getPath().isEmpty()) {
                return problem(Problem.invalid(path(json), "type"), request);
            }
        }
        return problem(new Problem(ErrorCode.MALFORMED_BODY), request);
    }

    private static String path(JacksonException failure) {
        return failure.getPath().stream()
                .map(step -> step.getPropertyName() == null ? "[" + step.getIndex() + "]" : step.getPropertyName())
                .collect(Collectors.joining("."))
                .replace(".[", "[");
    }

    @ExceptionHandler
    ResponseEntity<Object> bodyInvalid(MethodArgumentNotValidException failure, HttpServletRequest request) {
        var error = failure.getBindingResult().getAllErrors().getFirst();
        if (error instanceof FieldError mistyped && mistyped.isBindingFailure()) {
            return problem(Problem.invalid(wireName(mistyped.getField()), "type"), request);
        }
        var field = error instanceof FieldError fieldError ? fieldError.getField() : error.getObjectName();
        return violation(wireName(field), String.valueOf(error.getDefaultMessage()), request);
    }

    @ExceptionHandler
    ResponseEntity<Object> parameterInvalid(HandlerMethodValidationException failure, HttpServletRequest request) {
        var result = failure.getParameterValidationResults().getFirst();
        var error = result.getResolvableErrors().getFirst();
        var parameter = String.valueOf(result.getMethodParameter().getParameterName());
        var name = error instanceof FieldError fieldError ? fieldError.getField() : parameter;
        return violation(wireName(name), String.valueOf(error.getDefaultMessage()), request);
    }

    private ResponseEntity<Object> violation(String field, String text, HttpServletRequest request) {
        return problem(
                new Problem(
                        ErrorCode.INVALID_PARAMETER,
                        field,
                        new DefaultMessageSourceResolvable(new String[0], new Object[0], text)),
                request);
    }

    private static String wireName(String javaName) {
        return WORD_BOUNDARY.matcher(javaName).replaceAll("_").toLowerCase(Locale.ROOT);
    }

    @ExceptionHandler
    ResponseEntity<Object> missing(MissingServletRequestParameterException failure, HttpServletRequest request) {
        return problem(Problem.invalid(failure.getParameterName(), "required"), request);
    }

    @ExceptionHandler
    ResponseEntity<Object> missingValue(MissingRequestValueException failure, HttpServletRequest request) {
        return problem(new Problem(ErrorCode.MALFORMED_BODY), request);
    }

    @ExceptionHandler
    ResponseEntity<Object> mistyped(MethodArgumentTypeMismatchException failure, HttpServletRequest request) {
        return problem(Problem.invalid(wireName(failure.getName()), "type"), request);
    }

    @ExceptionHandler
    ResponseEntity<Object> unknownPath(NoResourceFoundException failure, HttpServletRequest request) {
        return problem(new Problem(ErrorCode.NOT_FOUND), request);
    }

    @ExceptionHandler
    ResponseEntity<Object> wrongMethod(HttpRequestMethodNotSupportedException failure, HttpServletRequest request) {
        var code = ErrorCode.METHOD_NOT_ALLOWED;
        var text = failures.text(new Problem(code, failure.getMethod()), languages.resolveLocale(request));
        return ResponseEntity.status(code.status())
                .headers(failure.getHeaders())
                .body(failures.body(request, code, text));
    }

    @ExceptionHandler
    ResponseEntity<Object> wrongMediaType(HttpMediaTypeNotSupportedException failure, HttpServletRequest request) {
        return problem(new Problem(ErrorCode.UNSUPPORTED_MEDIA_TYPE), request);
    }

    @ExceptionHandler
    void notAcceptable(
            HttpMediaTypeNotAcceptableException failure, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        failures.write(request, response, new Problem(ErrorCode.NOT_ACCEPTABLE));
    }

    /** The client has gone: nobody is left to answer. */
    @ExceptionHandler
    void clientGone(AsyncRequestNotUsableException failure) {
        log.debug("The client went away", failure);
    }

    /** The database is away, or its writer was busy for too long: the same request may succeed later. */
    @ExceptionHandler({
        CannotCreateTransactionException.class,
        TransientDataAccessException.class,
        DataAccessResourceFailureException.class
    })
    ResponseEntity<Object> busy(RuntimeException failure, HttpServletRequest request) {
        if (StorageFull.causes(failure)) {
            return storageFull(failure, request);
        }
        log.warn(
                "The database did not serve {} {}: {}",
                request.getMethod(),
                request.getRequestURI(),
                failure.toString());
        return problem(new Problem(ErrorCode.BUSY), request);
    }

    @ExceptionHandler
    @Nullable
    ResponseEntity<Object> unexpected(Exception failure, HttpServletRequest request) {
        if (DisconnectedClientHelper.isClientDisconnectedException(failure)) {
            log.debug("The client went away", failure);
            return null;
        }
        if (StorageFull.causes(failure)) {
            return storageFull(failure, request);
        }
        log.error("Unexpected failure in {} {}", request.getMethod(), request.getRequestURI(), failure);
        return problem(new Problem(ErrorCode.INTERNAL), request);
    }

    private ResponseEntity<Object> storageFull(Exception failure, HttpServletRequest request) {
        log.error("Storage is full: {} {}: {}", request.getMethod(), request.getRequestURI(), failure.toString());
        return problem(new Problem(ErrorCode.STORAGE_FULL), request);
    }
}
