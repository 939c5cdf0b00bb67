package dev.granary;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;

/**
 * Tells the framework, before the first bean is made, that no more will be defined. It then remembers which beans have a
 * type; by itself it begins with that only after the web server has pulled in most of them, each by a search through all.
 */
@Component
class DefinedBeans implements BeanFactoryPostProcessor, Ordered {
    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE;
    }

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
        beans.freezeConfiguration();
    }
}
