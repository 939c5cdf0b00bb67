package dev.granary.remotes;

import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * A repository on another server.
 *
 * @param url where it is: {@code http}, {@code https} or {@code ssh}
 * @param knownHostKey the SSH host key seen before, in OpenSSH's form without a comment; null: take the one shown
 */
public record Remote(
        String url, RemoteCredentials credentials, @Nullable String knownHostKey) {
    /** A remote whose host key nobody has seen, or that needs none. */
    public Remote(String url, RemoteCredentials credentials) {
        this(url, credentials, null);
    }

    /** The address as it may be shown: without a user name or password. */
    public String shownUrl() {
        return withoutUserInfo(url);
    }

    /** An address without the user name and password in it; empty when it is no address at all. */
    public static String withoutUserInfo(String url) {
        try {
            var info = new URI(url.strip()).getRawUserInfo();
            return info == null ? url.strip() : url.strip().replaceFirst("//[^/@]*@", "//");
        } catch (URISyntaxException e) {
            return "";
        }
    }

    @Override
    public String toString() {
        return shownUrl();
    }
}
