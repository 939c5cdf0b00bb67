package dev.granary.ui;

import dev.granary.api.Requests;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** What controllers of the page may take as arguments: the {@link Viewer} and, by its id in the path, the {@link RepositoryPage}. */
@Configuration(proxyBeanMethods = false)
class PageConfiguration implements WebMvcConfigurer {
    /** The path variable with the id of a page's repository. */
    private static final String REPOSITORY = "repository";

    private final ObjectProvider<Viewers> viewers;
    private final ObjectProvider<RepositoryPages> repositories;

    PageConfiguration(ObjectProvider<Viewers> viewers, ObjectProvider<RepositoryPages> repositories) {
        this.viewers = viewers;
        this.repositories = repositories;
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new ViewerResolver());
        resolvers.add(new RepositoryPageResolver());
    }

    private final class ViewerResolver implements HandlerMethodArgumentResolver {
        @Override
        public boolean supportsParameter(MethodParameter parameter) {
            return parameter.getParameterType() == Viewer.class;
        }

        @Override
        public Object resolveArgument(
                MethodParameter parameter,
                @Nullable ModelAndViewContainer container,
                NativeWebRequest request,
                @Nullable WebDataBinderFactory binderFactory) {
            return viewers.getObject()
                    .of(request(request), Objects.requireNonNull(request.getNativeResponse(HttpServletResponse.class)));
        }
    }

    private final class RepositoryPageResolver implements HandlerMethodArgumentResolver {
        @Override
        public boolean supportsParameter(MethodParameter parameter) {
            return parameter.getParameterType() == RepositoryPage.class;
        }

        @Override
        public Object resolveArgument(
                MethodParameter parameter,
                @Nullable ModelAndViewContainer container,
                NativeWebRequest request,
                @Nullable WebDataBinderFactory binderFactory) {
            var servletRequest = request(request);
            var variables = (Map<?, ?>) Objects.requireNonNull(
                    servletRequest.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE));
            var id = id(String.valueOf(variables.get(REPOSITORY)));
            return repositories.getObject().of(Requests.caller(servletRequest), id);
        }
    }

    /** No repository has an id that is no number. */
    private static long id(String text) {
        return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
    }

    private static HttpServletRequest request(NativeWebRequest request) {
        return Objects.requireNonNull(request.getNativeRequest(HttpServletRequest.class));
    }
}
