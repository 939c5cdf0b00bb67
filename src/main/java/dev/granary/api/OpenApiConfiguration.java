package dev.granary.api;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import dev.granary.kernel.Caller;
import dev.granary.kernel.Scope;
import dev.granary.kernel.Slice;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.PathParameter;
import io.swagger.v3.oas.models.parameters.QueryParameter;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.MethodParameter;

/** The description of the API at {@code /v3/api-docs}, made when somebody first asks, not at every start. */
@Configuration(proxyBeanMethods = false)
class OpenApiConfiguration {
    private static final Pattern VARIABLE = Pattern.compile("\\{([^}]+)}");

    @Bean
    static BeanFactoryPostProcessor describeOnDemand() {
        return factory -> Arrays.stream(factory.getBeanDefinitionNames())
                .map(factory::getBeanDefinition)
                .filter(OpenApiConfiguration::isOfTheDescription)
                .forEach(definition -> definition.setLazyInit(true));
    }

    private static boolean isOfTheDescription(BeanDefinition definition) {
        return (definition.getBeanClassName() + " " + definition.getFactoryBeanName()).contains("org.springdoc.");
    }

    @Bean
    @Lazy
    @DependsOn("modelConverterRegistrar")
    OpenAPI description() {
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(Caller.class, Slice.class, Scope.class);
        var components = new Components()
                .addSecuritySchemes(
                        "password",
                        new SecurityScheme()
                                .type(SecurityScheme.Type.HTTP)
                                .scheme("basic")
                                .description("User name, and password or personal access token"))
                .addSecuritySchemes(
                        "token", header("X-Auth-Token", "What POST /v3/auth/tokens answers in X-Subject-Token"))
                .addSecuritySchemes(
                        "signature", header("Authorization", "SDK-HMAC-SHA256, a request signed with an access key"));
        return new OpenAPI()
                .info(new Info()
                        .title("Granary")
                        .version("v1-v4")
                        .description("A Git server, wire-compatible with CodeArts Repo."))
                .components(components)
                .addSecurityItem(new SecurityRequirement().addList("token"))
                .addSecurityItem(new SecurityRequirement().addList("password"))
                .addSecurityItem(new SecurityRequirement().addList("signature"));
    }

    private static SecurityScheme header(String name, String description) {
        return new SecurityScheme()
                .type(SecurityScheme.Type.APIKEY)
                .in(SecurityScheme.In.HEADER)
                .name(name)
                .description(description);
    }

    /** Field names as they are on the wire. */
    @Bean
    @Lazy
    ModelResolver snakeCaseModels() {
        return new ModelResolver(Json31.mapper().copy().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE))
                .openapi31(true);
    }

    /** A {@link Slice} is two query parameters. */
    @Bean
    @Lazy
    OperationCustomizer slices() {
        return (operation, method) -> {
            if (Arrays.stream(method.getMethodParameters())
                    .anyMatch(parameter -> parameter.getParameterType() == Slice.class)) {
                operation.addParametersItem(
                        new QueryParameter().name("offset").schema(new IntegerSchema()._default(0)));
                operation.addParametersItem(
                        new QueryParameter().name("limit").schema(new IntegerSchema()._default(Slice.DEFAULT)));
            }
            return operation;
        };
    }

    /** What a path names is described, also where a method takes it together, as an argument of a type of its own. */
    @Bean
    @Lazy
    OpenApiCustomizer pathVariables() {
        return api -> api.getPaths().forEach((path, item) -> {
            for (var operation : item.readOperations()) {
                var known = operation.getParameters() == null ? List.<Parameter>of() : operation.getParameters();
                var missing = VARIABLE.matcher(path)
                        .results()
                        .map(variable -> variable.group(1))
                        .filter(name -> known.stream().noneMatch(parameter -> name.equals(parameter.getName())))
                        .toList();
                missing.forEach(name -> operation.addParametersItem(
                        new PathParameter().name(name).schema(new StringSchema())));
            }
        });
    }

    /** Arguments without an annotation are found out by the server; no client sends them. */
    @Bean
    @Lazy
    OperationCustomizer ownArguments() {
        return (operation, method) -> {
            var own = Arrays.stream(method.getMethodParameters())
                    .filter(parameter -> parameter.getParameterAnnotations().length == 0)
                    .map(MethodParameter::getParameterName)
                    .toList();
            if (operation.getParameters() != null) {
                operation.getParameters().removeIf(parameter -> own.contains(parameter.getName()));
            }
            return operation;
        };
    }
}
