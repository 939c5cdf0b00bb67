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

/** What controllers of the page may take as arguments: the {@link Viewer} and, by its id in the path, the {@link RepositoryPage} or {@link PlacePage}. */
@Configuration(proxyBeanMethods = false)
class PageConfiguration implements WebMvcConfigurer {
    /** The path variable with the id of a page's repository. */
    private static final String REPOSITORY = "repository";

    /** Those with the kind and the id of a page's project or group. */
    private static final String KIND = "kind";

    private static final String PLACE = "place";

    private final ObjectProvider<Viewers> viewers;
    private final ObjectProvider<RepositoryPages> repositories;
    private final ObjectProvider<PlacePages> places;

    PageConfiguration(
            ObjectProvider<Viewers> viewers,
            ObjectProvider<RepositoryPages> repositories,
            ObjectProvider<PlacePages> places) {
        this.viewers = viewers;
        this.repositories = repositories;
        this.places = places;
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new ViewerResolver());
        resolvers.add(new RepositoryPageResolver());
        resolvers.add(new PlacePageResolver());
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
            return repositories
                    .getObject()
                    .of(Requests.caller(servletRequest), id(variable(servletRequest, REPOSITORY)));
        }
    }

    private final class PlacePageResolver implements HandlerMethodArgumentResolver {
        @Override
        public boolean supportsParameter(MethodParameter parameter) {
            return parameter.getParameterType() == PlacePage.class;
        }

        @Override
        public Object resolveArgument(
                MethodParameter parameter,
                @Nullable ModelAndViewContainer container,
                NativeWebRequest request,
                @Nullable WebDataBinderFactory binderFactory) {
            var servletRequest = request(request);
            return places.getObject()
                    .of(
                            Requests.caller(servletRequest),
                            variable(servletRequest, KIND),
                            id(variable(servletRequest, PLACE)));
        }
    }

    private static String variable(HttpServletRequest request, String name) {
        var variables = (Map<?, ?>)
                Objects.requireNonNull(request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE));
        return String.valueOf(variables.get(name));
    }

    /** No repository has an id that is no number. */
    private static long id(String text) {
        return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
    }

    private static HttpServletRequest request(NativeWebRequest request) {
        return Objects.requireNonNull(request.getNativeRequest(HttpServletRequest.class));
    }
}
