package dev.granary.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.kernel.Scope;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes and fills groups through the API. */
public final class Groups {
    private Groups() {}

    /** A new group of a project, or of another group in it; the caller becomes its manager. */
    public static Scope.Group create(Http client, String projectUuid, Scope.@Nullable Group parent) {
        var body = new HashMap<String, Object>();
        body.put("name", GranaryServer.unique("group"));
        if (parent != null) {
            body.put("parent_id", parent.id());
        }
        var answer = client.post("/v4/" + projectUuid + "/groups", body);
        assertThat(answer.status()).as("%s", answer).isEqualTo(201);
        return new Scope.Group(answer.json().get("id").asLong());
    }

    /** Puts a repository into a group. */
    public static void move(Http client, Scope.Repository repository, Scope.Group group) {
        var answer = client.post(
                "/v4/repositories/" + repository.id() + "/transfer", Map.of("namespace", Long.toString(group.id())));
        assertThat(answer.status()).as("%s", answer).isBetween(200, 201);
    }
}
