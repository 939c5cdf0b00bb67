package dev.granary.webhooks;

import dev.granary.kernel.Problem;
import dev.granary.kernel.Scope;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** The place whose webhooks an operation is about, as its path names it: an argument of the methods of controllers. */
public sealed interface HookPlace {
    /** A repository or group, by its numeric id. */
    record At(Scope scope) implements HookPlace {}

    /** A project, by its 32-digit id. */
    record Project(String uuid) implements HookPlace {}

    /** The place of a path's variables. */
    static HookPlace of(Map<String, String> path) {
        var project = path.get("project_id");
        if (project != null) {
            return new Project(project);
        }
        return path.containsKey("group_id")
                ? new At(new Scope.Group(number(path, "group_id")))
                : new At(new Scope.Repository(number(path, "repository_id")));
    }

    private static long number(Map<String, String> path, String name) {
        try {
            return Long.parseLong(path.getOrDefault(name, ""));
        } catch (NumberFormatException e) {
            throw Problem.invalid(name, "number");
        }
    }

    /** Finds the argument. */
    @Configuration(proxyBeanMethods = false)
    class Resolver implements HandlerMethodArgumentResolver, WebMvcConfigurer {
        @Override
        public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
            resolvers.add(this);
        }

        @Override
        public boolean supportsParameter(MethodParameter parameter) {
            return parameter.getParameterType() == HookPlace.class;
        }

        @Override
        @SuppressWarnings("unchecked")
        public HookPlace resolveArgument(
                MethodParameter parameter,
                @Nullable ModelAndViewContainer container,
                NativeWebRequest request,
                @Nullable WebDataBinderFactory binderFactory) {
            var path = (Map<String, String>) request.getAttribute(
                    HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE, RequestAttributes.SCOPE_REQUEST);
            return of(path == null ? Map.of() : path);
        }
    }
}
