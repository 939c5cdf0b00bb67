package dev.granary.identity;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@code POST /v3/auth/tokens} is asked: Keystone's form. */
record NewSession(@Nullable Auth auth) {
    /** Who asks, and what for. */
    record Auth(@Nullable Identity identity, @Nullable Scope scope) {}

    /** The proof: by {@code password} or by {@code token}. */
    record Identity(
            @Nullable List<String> methods,
            @Nullable Password password,
            @Nullable Token token) {}

    record Password(@Nullable User user) {}

    /** Named by id, or by name within a domain. */
    record User(
            @Nullable String id,
            @Nullable String name,
            @Nullable String password,
            @Nullable Named domain) {
        @Override
        public String toString() {
            return "User[id=" + id + ", name=" + name + "]";
        }
    }

    record Token(@Nullable String id) {
        @Override
        public String toString() {
            return "Token[]";
        }
    }

    /** The domain, or a project in it; the domain when absent. */
    record Scope(@Nullable Named domain, @Nullable Named project) {}

    record Named(@Nullable String id, @Nullable String name) {}
}
