package dev.granary.api;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.PathContainer;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.ServletRequestPathUtils;

/**
 * The routes of the API. Spring tries one after the other, which with some hundreds takes longer than most answers; here
 * a route is tried only if its fixed segments are those of the path.
 */
final class Routes extends RequestMappingHandlerMapping {
    private static final String SEGMENTS = Routes.class.getName() + ".segments";

    /** The end of a pattern that stands for the rest of a path. */
    private static final Pattern REST = Pattern.compile("/\\{\\*[^}]+}$");

    private final Map<RequestMappingInfo, List<Shape>> shapes = new ConcurrentHashMap<>();

    /** The segments of a pattern, null for those that vary; an open one goes on with anything or nothing. */
    private record Shape(List<@Nullable String> segments, boolean open) {
        boolean fits(List<String> path) {
            if (open ? path.size() < segments.size() : path.size() != segments.size()) {
                return false;
            }
            for (var index = 0; index < segments.size(); index++) {
                var fixed = segments.get(index);
                if (fixed != null && !fixed.equals(path.get(index))) {
                    return false;
                }
            }
            return true;
        }
    }

    @Override
    protected @Nullable RequestMappingInfo getMatchingMapping(RequestMappingInfo info, HttpServletRequest request) {
        var known = shapes.computeIfAbsent(info, Routes::shapes);
        return known.isEmpty() || known.stream().anyMatch(shape -> shape.fits(segments(request)))
                ? super.getMatchingMapping(info, request)
                : null;
    }

    /** Empty unless every pattern of the route has a shape. */
    private static List<Shape> shapes(RequestMappingInfo info) {
        var shapes = new ArrayList<Shape>();
        for (var pattern : info.getPatternValues()) {
            var rest = REST.matcher(pattern);
            var open = rest.find();
            var fixed = open ? pattern.substring(0, rest.start()) : pattern;
            if (fixed.contains("*") || fixed.contains("?") || fixed.contains(":")) {
                return List.of();
            }
            var segments = new ArrayList<@Nullable String>();
            for (var segment : fixed.split("/")) {
                if (!segment.isEmpty()) {
                    segments.add(segment.contains("{") ? null : segment);
                }
            }
            shapes.add(new Shape(segments, open));
        }
        return shapes;
    }

    @SuppressWarnings("unchecked")
    private static List<String> segments(HttpServletRequest request) {
        var known = request.getAttribute(SEGMENTS);
        if (known != null) {
            return (List<String>) known;
        }
        var segments = new ArrayList<String>();
        for (var element : ServletRequestPathUtils.getParsedRequestPath(request)
                .pathWithinApplication()
                .elements()) {
            if (element instanceof PathContainer.PathSegment segment) {
                segments.add(segment.valueToMatch());
            }
        }
        request.setAttribute(SEGMENTS, segments);
        return segments;
    }
}
