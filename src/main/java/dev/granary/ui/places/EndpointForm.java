package dev.granary.ui.places;

import dev.granary.mirrors.EndpointService;
import org.jspecify.annotations.Nullable;

/** Credentials for another server as a form sends them: a password or token, or an SSH key. */
record EndpointForm(
        @Nullable String name,
        @Nullable String url,
        @Nullable String username,
        @Nullable String password,
        @Nullable String privateKey,
        @Nullable String passphrase) {
    EndpointService.Body body() {
        return new EndpointService.Body(name, url, username, password, privateKey, passphrase);
    }

    @Override
    public String toString() {
        return "EndpointForm[name=" + name + "]";
    }
}
