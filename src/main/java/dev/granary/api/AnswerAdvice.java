package dev.granary.api;

import dev.granary.kernel.Page;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.converter.StringHttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;
import tools.jackson.databind.json.JsonMapper;

/**
 * Gives every answer of our controllers its dialect's shape: the envelope of v1/v2, and for pages in v4 the bare array
 * with the total in {@code X-Total}. Legacy controllers name their totals in the result, so a page never reaches here
 * from them.
 */
@RestControllerAdvice(basePackages = "dev.granary")
class AnswerAdvice implements ResponseBodyAdvice<Object> {
    /** The header that carries the total of a paged v4 list. */
    static final String TOTAL_HEADER = "X-Total";

    private final JsonMapper json;

    AnswerAdvice(JsonMapper json) {
        this.json = json;
    }

    @Override
    public boolean supports(MethodParameter returnType, Class<? extends HttpMessageConverter<?>> converter) {
        return converter.getSimpleName().startsWith("Jackson") || converter == StringHttpMessageConverter.class;
    }

    @Override
    public @Nullable Object beforeBodyWrite(
            @Nullable Object body,
            MethodParameter returnType,
            MediaType contentType,
            Class<? extends HttpMessageConverter<?>> converter,
            ServerHttpRequest request,
            ServerHttpResponse response) {
        if (body instanceof Page<?>(var items, var total)) {
            response.getHeaders().set(TOTAL_HEADER, Long.toString(total));
            return items;
        }
        if (body instanceof LegacyAnswer || body instanceof BareFailure) {
            return body;
        }
        var servletRequest = ((ServletServerHttpRequest) request).getServletRequest();
        if (Dialect.of(servletRequest) == Dialect.BARE) {
            return body;
        }
        if (converter == StringHttpMessageConverter.class) {
            // That converter writes texts only, so the envelope becomes one.
            response.getHeaders().setContentType(MediaType.APPLICATION_JSON);
            return json.writeValueAsString(LegacyAnswer.success(body));
        }
        return LegacyAnswer.success(body);
    }
}
