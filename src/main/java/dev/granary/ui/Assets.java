package dev.granary.ui;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.resource.ResourceUrlProvider;
import org.springframework.web.servlet.resource.VersionResourceResolver;

/** Scripts, styles and pictures, each at an address that names a hash of its content. */
@Component
class Assets {
    static final String PATH = "/assets/";

    private final ObjectProvider<ResourceUrlProvider> resources;
    private final Map<String, String> addresses = new ConcurrentHashMap<>();

    Assets(ObjectProvider<ResourceUrlProvider> resources) {
        this.resources = resources;
    }

    String address(String name) {
        return addresses.computeIfAbsent(
                name,
                asset -> Objects.requireNonNull(
                        resources.getObject().getForLookupPath(PATH + asset), () -> "no asset " + asset));
    }

    /** Where they are: our own, and the browser libraries in their jars. */
    @Configuration(proxyBeanMethods = false)
    static class Places implements WebMvcConfigurer {
        @Override
        public void addResourceHandlers(ResourceHandlerRegistry registry) {
            registry.addResourceHandler(PATH + "**")
                    .addResourceLocations("classpath:/ui/assets/", "classpath:/META-INF/resources/webjars/")
                    .setCacheControl(CacheControl.maxAge(Duration.ofDays(365))
                            .cachePublic()
                            .immutable())
                    .resourceChain(true)
                    .addResolver(new VersionResourceResolver().addContentVersionStrategy("/**"));
        }
    }
}
