package dev.granary.ui;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.commonmark.ext.autolink.AutolinkExtension;
import org.commonmark.ext.gfm.strikethrough.StrikethroughExtension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.task.list.items.TaskListItemsExtension;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.AttributeProvider;
import org.commonmark.renderer.html.HtmlRenderer;
import org.commonmark.renderer.html.UrlSanitizer;
import org.commonmark.renderer.text.TextContentRenderer;
import org.owasp.html.HtmlPolicyBuilder;
import org.owasp.html.PolicyFactory;
import org.springframework.stereotype.Component;

/**
 * Renders what people write in Markdown (GitHub's flavour) as HTML that no longer runs, styles or frames anything: a
 * sanitizer passes the few elements and attributes named here and nothing else.
 */
@Component
public class Markdown {
    /** Where the addresses in a text lead that is not in any file. */
    private static final UnaryOperator<String> NOWHERE = UnaryOperator.identity();

    private static final Pattern LANGUAGE = Pattern.compile("language-[A-Za-z0-9_+#.-]{1,40}");
    private static final Pattern ANCHOR = Pattern.compile("text-[\\p{L}\\p{N}_-]{0,200}");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,4}");
    private static final Pattern ALIGN = Pattern.compile("left|right|center");
    private static final Pattern NOT_FOR_ANCHORS = Pattern.compile("[^\\p{L}\\p{N}_ -]");

    private static final PolicyFactory POLICY = new HtmlPolicyBuilder()
            .allowElements(
                    "p",
                    "br",
                    "hr",
                    "h1",
                    "h2",
                    "h3",
                    "h4",
                    "h5",
                    "h6",
                    "ul",
                    "ol",
                    "li",
                    "blockquote",
                    "pre",
                    "code",
                    "em",
                    "strong",
                    "b",
                    "i",
                    "s",
                    "del",
                    "ins",
                    "sub",
                    "sup",
                    "kbd",
                    "samp",
                    "var",
                    "table",
                    "thead",
                    "tbody",
                    "tr",
                    "th",
                    "td",
                    "a",
                    "img",
                    "details",
                    "summary",
                    "dl",
                    "dt",
                    "dd",
                    "div",
                    "span",
                    "input")
            .allowWithoutAttributes("span", "div")
            .allowUrlProtocols("http", "https", "mailto")
            .allowAttributes("href", "title")
            .onElements("a")
            .requireRelsOnLinks("nofollow", "noopener", "ugc")
            .allowAttributes("src", "alt", "title")
            .onElements("img")
            .allowAttributes("width", "height")
            .matching(NUMBER)
            .onElements("img")
            .allowAttributes("class")
            .matching(LANGUAGE)
            .onElements("code")
            .allowAttributes("id")
            .matching(ANCHOR)
            .onElements("h1", "h2", "h3", "h4", "h5", "h6")
            .allowAttributes("align")
            .matching(ALIGN)
            .onElements("p", "div", "th", "td", "h1", "h2", "h3", "img")
            .allowAttributes("start")
            .matching(NUMBER)
            .onElements("ol")
            .allowAttributes("open")
            .matching(false, "", "open")
            .onElements("details")
            .allowAttributes("type")
            .matching(false, "checkbox")
            .onElements("input")
            .allowAttributes("checked", "disabled")
            .matching(false, "", "checked", "disabled")
            .onElements("input")
            .toFactory();

    private final Parser parser = Parser.builder()
            .extensions(List.of(
                    TablesExtension.create(),
                    StrikethroughExtension.create(),
                    AutolinkExtension.create(),
                    TaskListItemsExtension.create()))
            .build();

    /** A text that stands by itself: a comment, a description. */
    public String html(String text) {
        return html(text, NOWHERE, NOWHERE);
    }

    /**
     * The text of a file.
     *
     * @param links makes an address of the page of the path that a relative link names
     * @param images the same for pictures
     */
    public String html(String text, UnaryOperator<String> links, UnaryOperator<String> images) {
        var renderer = HtmlRenderer.builder()
                .extensions(List.of(
                        TablesExtension.create(), StrikethroughExtension.create(), TaskListItemsExtension.create()))
                .attributeProviderFactory(_ -> new Anchors())
                .sanitizeUrls(true)
                .urlSanitizer(new Relative(links, images))
                .build();
        return POLICY.sanitize(renderer.render(parser.parse(text)));
    }

    /** Gives headings the anchors that tables of contents lead to. */
    private static final class Anchors implements AttributeProvider {
        private final TextContentRenderer plain = TextContentRenderer.builder().build();

        @Override
        public void setAttributes(Node node, String tagName, Map<String, String> attributes) {
            if (node instanceof org.commonmark.node.Heading) {
                var text = NOT_FOR_ANCHORS.matcher(plain.render(node)).replaceAll("");
                attributes.put(
                        "id", "text-" + text.strip().toLowerCase(Locale.ROOT).replace(' ', '-'));
            }
        }
    }

    /** Turns relative addresses into those of the page; the sanitizer drops what is not allowed afterwards. */
    private record Relative(UnaryOperator<String> links, UnaryOperator<String> images) implements UrlSanitizer {
        @Override
        public String sanitizeLinkUrl(String url) {
            return url.startsWith("#") ? "#text-" + url.substring(1) : resolved(url, links);
        }

        @Override
        public String sanitizeImageUrl(String url) {
            return resolved(url, images);
        }

        private static String resolved(String url, UnaryOperator<String> resolve) {
            try {
                var uri = new URI(url);
                return uri.isAbsolute() || uri.getRawAuthority() != null || uri.getPath() == null
                        ? url
                        : resolve.apply(uri.getPath());
            } catch (URISyntaxException e) {
                return url;
            }
        }
    }
}
