package dev.granary.ui;

import java.util.Locale;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.springframework.stereotype.Component;

/** The page's own texts, in English and Chinese: {@code ui/texts*.properties}. */
@Component
public class PageTexts {
    private final ResourceBundleMessageSource source = new ResourceBundleMessageSource();

    PageTexts() {
        source.setBasename("ui/texts");
        source.setDefaultEncoding("UTF-8");
        source.setFallbackToSystemLocale(false);
        source.setAlwaysUseMessageFormat(true);
    }

    /** A text in a language; an unknown key is an error. */
    public String of(String key, Locale locale, Object... arguments) {
        return source.getMessage(key, arguments, locale);
    }

    /** Whether there is such a text. */
    boolean has(String key) {
        return source.getMessage(key, new Object[0], null, Locale.ENGLISH) != null;
    }
}
