package dev.granary.repositories;

import dev.granary.kernel.Caller;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Deploy keys that a repository shares with its submodules. */
@RestController
class SubmoduleController {
    private final Submodules submodules;

    SubmoduleController(Submodules submodules) {
        this.submodules = submodules;
    }

    @PostMapping("/v4/repositories/{repository_id}/deploy-keys/{key_id}/submodules")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void syncDeployKeyToSubmodules(
            Caller caller, @PathVariable("repository_id") long repositoryId, @PathVariable("key_id") long keyId) {
        submodules.attachKey(caller, repositoryId, keyId);
    }

    @DeleteMapping("/v4/repositories/{repository_id}/deploy-keys/{key_id}/submodules")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void removeDeployKeyFromSubmodules(
            Caller caller, @PathVariable("repository_id") long repositoryId, @PathVariable("key_id") long keyId) {
        submodules.detachKey(caller, repositoryId, keyId);
    }
}
