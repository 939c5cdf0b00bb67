package dev.granary.ui;

import dev.granary.access.Permission;
import dev.granary.repositories.HostedRepository;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.springframework.web.util.UriUtils;

/**
 * What every page of a repository shows around its own content, and the addresses of its pages.
 *
 * @param base what stands before every address: empty, unless a proxy serves Granary below a path
 * @param permissions what the reader may do here
 * @param http its clone address over HTTP
 * @param ssh the same over SSH
 * @param openRequests how many merge requests are open
 */
public record RepositoryPage(
        String base,
        HostedRepository repository,
        Set<Permission> permissions,
        String http,
        String ssh,
        long openRequests) {
    public RepositoryPage {
        permissions = Set.copyOf(permissions);
    }

    /** The path of a repository's page, without what a proxy puts before it. */
    public static String address(HostedRepository repository) {
        return "/" + UriUtils.encodePath(repository.fullPath(), StandardCharsets.UTF_8);
    }

    /** The repository's own page. */
    public String home() {
        return base + address(repository);
    }

    /** A page of the repository, for example {@code merge_requests/7}; what is variable in it is already encoded. */
    public String page(String rest) {
        return home() + "/-/" + rest;
    }

    /** A folder of a ref. */
    public String tree(String ref, String path) {
        return at("tree", ref, path);
    }

    /** A file of a ref. */
    public String blob(String ref, String path) {
        return at("blob", ref, path);
    }

    /** Any other page about a path of a ref: {@code raw}, {@code blame}, {@code commits}… */
    public String at(String kind, String ref, String path) {
        return page(kind + "/" + encode(ref) + (path.isEmpty() ? "" : "/" + encode(path)));
    }

    /** A commit. */
    public String commit(String id) {
        return page("commit/" + id);
    }

    /** Whether the reader may do something here. */
    public boolean may(Permission permission) {
        return permissions.contains(permission);
    }

    /** A ref or path for an address: its slashes stay. */
    public static String encode(String text) {
        // A dot segment would be resolved away by browsers; no ref and no path has one.
        return UriUtils.encode(text, StandardCharsets.UTF_8).replace("%2F", "/");
    }
}
