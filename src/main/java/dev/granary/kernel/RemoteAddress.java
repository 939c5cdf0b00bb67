package dev.granary.kernel;

import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The address of a repository on another server and the credentials that a client wrote into it.
 *
 * @param url without them; an SSH user's name stays in it
 * @param username null where the client gave none
 * @param secret a password or token; null where the client gave none
 */
public record RemoteAddress(
        String url, @Nullable String username, @Nullable String secret) {

    /**
     * @param checked the address without credentials, as the policy for outgoing calls lets it pass
     * @param given the same as the client wrote it
     */
    public static RemoteAddress of(URI checked, String given) {
        var info = URI.create(given.strip()).getRawUserInfo();
        if (info == null || "ssh".equalsIgnoreCase(checked.getScheme())) {
            return new RemoteAddress(checked.toString(), null, null);
        }
        var colon = info.indexOf(':');
        return new RemoteAddress(
                checked.toString(),
                decoded(colon < 0 ? info : info.substring(0, colon)),
                colon < 0 ? "" : decoded(info.substring(colon + 1)));
    }

    /**
     * An address with a name and a password or token written into it, for what takes both in one; without either, the
     * address as it is.
     */
    public static String with(String url, String username, String secret) {
        var scheme = url.indexOf("://");
        if (scheme < 0 || username.isEmpty() && secret.isEmpty()) {
            return url;
        }
        var bare = shown(url);
        return bare.substring(0, scheme + 3) + encoded(username) + ":" + encoded(secret) + "@"
                + bare.substring(scheme + 3);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** A stored address as it is shown: without a user's name. */
    public static String shown(String url) {
        return url.replaceFirst("//[^/@]*@", "//");
    }

    @Override
    public String toString() {
        return shown(url);
    }
}
