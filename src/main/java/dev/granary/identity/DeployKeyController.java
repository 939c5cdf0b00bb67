package dev.granary.identity;

import dev.granary.kernel.Caller;
import dev.granary.kernel.Page;
import dev.granary.kernel.Slice;
import dev.granary.kernel.Times;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The deploy keys of repositories, groups and projects in v4. */
@RestController
class DeployKeyController {
    private final DeployKeys keys;

    DeployKeyController(DeployKeys keys) {
        this.keys = keys;
    }

    record Key(long id, String title, String fingerprint, String createdAt) {
        static Key of(DeployKey key) {
            return new Key(key.id(), key.title(), key.fingerprint(), Times.v4(key.createdAt()));
        }
    }

    record KeyValue(@Nullable String key) {}

    record Existence(boolean exists) {}

    @GetMapping("/v4/projects/{project_id}/deploy-keys")
    Page<Key> listProjectDeployKeys(Caller caller, @PathVariable("project_id") String projectId, Slice slice) {
        return keys.listOfProject(caller, projectId, slice).map(Key::of);
    }

    @GetMapping("/v4/groups/{group_id}/deploy-keys")
    Page<Key> listGroupDeployKeys(Caller caller, @PathVariable("group_id") long groupId, Slice slice) {
        return keys.listOfGroup(caller, groupId, slice).map(Key::of);
    }

    @PostMapping("/v4/groups/{group_id}/deploy-keys/check-key")
    Existence checkGroupDeployKey(Caller caller, @PathVariable("group_id") long groupId, @RequestBody KeyValue body) {
        return new Existence(keys.existsAroundGroup(caller, groupId, body.key()));
    }

    @GetMapping("/v4/repositories/{repository_id}/deploy-keys")
    Page<Key> listRepositoryDeployKeys(Caller caller, @PathVariable("repository_id") long repositoryId, Slice slice) {
        return keys.list(caller, repositoryId, slice).map(Key::of);
    }

    @PostMapping("/v4/repositories/{repository_id}/deploy-keys/check-key")
    Existence checkDeployKey(
            Caller caller, @PathVariable("repository_id") long repositoryId, @RequestBody KeyValue body) {
        return new Existence(keys.exists(caller, repositoryId, body.key()));
    }

    @DeleteMapping("/v4/repositories/{repository_id}/deploy-keys/{key_id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void removeDeployKey(
            Caller caller, @PathVariable("repository_id") long repositoryId, @PathVariable("key_id") long keyId) {
        keys.remove(caller, repositoryId, keyId);
    }
}
