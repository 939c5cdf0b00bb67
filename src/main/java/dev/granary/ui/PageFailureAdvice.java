package dev.granary.ui;

import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import dev.granary.kernel.StorageFull;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.bind.ServletRequestBindingException;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.View;
import org.springframework.web.util.DisconnectedClientHelper;

/** Turns every exception that leaves a controller of the page into a page that says what went wrong. */
@ControllerAdvice(basePackages = "dev.granary.ui")
@Order(Ordered.HIGHEST_PRECEDENCE)
class PageFailureAdvice {
    private static final Logger log = LoggerFactory.getLogger(PageFailureAdvice.class);

    private final ErrorPages errors;

    PageFailureAdvice(ErrorPages errors) {
        this.errors = errors;
    }

    @ExceptionHandler
    View problem(Problem problem, HttpServletRequest request, HttpServletResponse response) {
        return errors.of(request, response, problem);
    }

    /** Addresses and forms are ours: what does not fit them was written by hand. */
    @ExceptionHandler({MethodArgumentTypeMismatchException.class, ServletRequestBindingException.class})
    View malformed(HttpServletRequest request, HttpServletResponse response) {
        return errors.of(request, response, new Problem(ErrorCode.MALFORMED_BODY));
    }

    @ExceptionHandler({
        CannotCreateTransactionException.class,
        TransientDataAccessException.class,
        DataAccessResourceFailureException.class
    })
    View busy(RuntimeException failure, HttpServletRequest request, HttpServletResponse response) {
        log.warn(
                "The database did not serve {} {}: {}",
                request.getMethod(),
                request.getRequestURI(),
                failure.toString());
        var full = StorageFull.causes(failure);
        return errors.of(request, response, new Problem(full ? ErrorCode.STORAGE_FULL : ErrorCode.BUSY));
    }

    @ExceptionHandler
    @Nullable
    View unexpected(Exception failure, HttpServletRequest request, HttpServletResponse response) {
        if (DisconnectedClientHelper.isClientDisconnectedException(failure)) {
            log.debug("The client went away", failure);
            return null;
        }
        log.error("Unexpected failure in {} {}", request.getMethod(), request.getRequestURI(), failure);
        var full = StorageFull.causes(failure);
        return errors.of(request, response, new Problem(full ? ErrorCode.STORAGE_FULL : ErrorCode.INTERNAL));
    }
}
