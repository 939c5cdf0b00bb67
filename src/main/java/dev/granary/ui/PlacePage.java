package dev.granary.ui;

import dev.granary.access.Permission;
import dev.granary.projects.Namespace;
import dev.granary.projects.PlaceNames;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriUtils;

/**
 * What every page of a project or group shows around its own content, and the addresses of its pages.
 *
 * @param base what stands before every address: empty, unless a proxy serves Granary below a path
 * @param permissions what the reader may do here
 * @param projectShown whether the reader may see the project, which a public group's readers need not
 */
public record PlacePage(String base, Namespace namespace, Set<Permission> permissions, boolean projectShown) {
    public PlacePage {
        permissions = Set.copyOf(permissions);
    }

    /**
     * A group that this one is in, or the project.
     *
     * @param address null for what the reader may not see
     */
    public record Step(String name, @Nullable String address) {}

    /** The path of the page of a project or group, without what a proxy puts before it. */
    public static String address(String path) {
        return "/" + UriUtils.encodePath(path, StandardCharsets.UTF_8);
    }

    /** The page itself. */
    public String home() {
        return base + address(namespace.path());
    }

    /** Another page of the place: {@code members}, say. */
    public String page(String rest) {
        return home() + "/-/" + rest;
    }

    /** Whether it is a group. */
    public boolean isGroup() {
        return namespace.group() != null;
    }

    /** The name of the project or group. */
    public String name() {
        var group = namespace.group();
        return group == null ? namespace.project().name() : group.name();
    }

    /** What it is for. */
    public String description() {
        var group = namespace.group();
        return group == null ? namespace.project().description() : group.description();
    }

    /** What it is in, the project first. */
    public List<Step> above() {
        var steps = new ArrayList<Step>();
        if (namespace.group() != null) {
            var path = namespace.project().path();
            steps.add(new Step(namespace.project().name(), projectShown ? base + address(path) : null));
            for (var name : namespace.group().ancestorNames()) {
                path = path + "/" + name;
                steps.add(new Step(PlaceNames.last(path), base + address(path)));
            }
        }
        return steps;
    }

    /** Whether the reader may do something here. */
    public boolean may(Permission permission) {
        return permissions.contains(permission);
    }
}
