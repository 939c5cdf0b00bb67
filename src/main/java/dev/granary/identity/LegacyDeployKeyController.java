package dev.granary.identity;

import dev.granary.kernel.Caller;
import dev.granary.kernel.Times;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** The deploy keys of repositories in v1 and v2. */
@RestController
class LegacyDeployKeyController {
    private static final String V1 = "/v1/repositories/{repository_id}/deploy_keys";
    private static final String V2 = "/v2/repositories/{repository_id}/deploy-keys";

    private final DeployKeys keys;

    LegacyDeployKeyController(DeployKeys keys) {
        this.keys = keys;
    }

    /** Without {@code can_push} a key may only read. */
    record NewKey(
            @Nullable String application,
            @Nullable Boolean canPush,
            @Nullable String key,
            @Nullable String keyTitle) {}

    record Key(boolean canPush, String createdAt, String key, String keyId, String keyTitle) {
        static Key of(DeployKey key) {
            return new Key(
                    key.canPush(), Times.v2(key.createdAt()), key.publicKey(), Long.toString(key.id()), key.title());
        }
    }

    @PostMapping({V1, V2})
    Key addDeployKey(Caller caller, @PathVariable("repository_id") long repositoryId, @RequestBody NewKey body) {
        return Key.of(keys.add(
                caller,
                repositoryId,
                body.keyTitle(),
                body.key(),
                body.application(),
                Boolean.TRUE.equals(body.canPush())));
    }

    /** The result says that the key is gone; when it was not there, the answer is a failure. */
    @DeleteMapping({V1 + "/{key_id}", V2 + "/{key_id}"})
    boolean deleteDeployKey(
            Caller caller, @PathVariable("repository_id") long repositoryId, @PathVariable("key_id") long keyId) {
        keys.remove(caller, repositoryId, keyId);
        return true;
    }
}
