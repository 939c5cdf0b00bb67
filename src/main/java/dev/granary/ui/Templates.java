package dev.granary.ui;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.Utf8ByteOutput;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.View;

/** Renders templates. Each takes the {@link Viewer} as {@code viewer} and its own data as {@code page}. */
@Component
public class Templates {
    private final TemplateEngine engine = TemplateEngine.createPrecompiled(ContentType.Html);

    /** A page made by a template. */
    public View view(String template, Viewer viewer, Object page) {
        return view(HttpStatus.OK, template, viewer, page);
    }

    /** The same with another status, for forms that come back with what is wrong. */
    public View view(HttpStatus status, String template, Viewer viewer, Object page) {
        return new Rendered(status, template, viewer, page);
    }

    private void write(HttpServletResponse response, HttpStatus status, String template, Viewer viewer, Object page)
            throws IOException {
        var output = new Utf8ByteOutput();
        var reader = status.isError() ? viewer : viewer.anew();
        engine.render(template + ".jte", Map.of("viewer", reader, "page", page), output);
        response.setStatus(status.value());
        response.setContentType("text/html;charset=UTF-8");
        response.setContentLength(output.getContentLength());
        output.writeTo(response.getOutputStream());
    }

    private final class Rendered implements View {
        private final HttpStatus status;
        private final String template;
        private final Viewer viewer;
        private final Object page;

        Rendered(HttpStatus status, String template, Viewer viewer, Object page) {
            this.status = status;
            this.template = template;
            this.viewer = viewer;
            this.page = page;
        }

        @Override
        public String getContentType() {
            return "text/html;charset=UTF-8";
        }

        @Override
        public void render(@Nullable Map<String, ?> model, HttpServletRequest request, HttpServletResponse response)
                throws IOException {
            write(response, status, template, viewer, page);
        }
    }
}
