package dev.granary.repositories;

import java.net.URI;
import java.util.Locale;

/** What the address of an import tells. */
final class ImportSources {
    private ImportSources() {}

    /** The kind of server; {@code git} for one that the name of its host does not tell. */
    static String type(String url) {
        var host = String.valueOf(URI.create(url).getHost()).toLowerCase(Locale.ROOT);
        return switch (host.replaceFirst("^(www|ssh|e|codeup)\\.", "")) {
            case "github.com" -> "github";
            case "gitlab.com" -> "gitlab";
            case "gitee.com" -> "gitee";
            case "bitbucket.org" -> "bitbucket";
            case "coding.net" -> "coding";
            case "aliyun.com" -> "codeup";
            default -> "git";
        };
    }

    /** The path without what all addresses have: {@code group/name}. */
    static String fullName(String url) {
        return String.valueOf(URI.create(url).getPath()).replaceAll("^/+|/+$|\\.git/*$", "");
    }

    /** The last segment of the path. */
    static String name(String url) {
        var full = fullName(url);
        return full.substring(full.lastIndexOf('/') + 1);
    }
}
