package dev.granary.identity;

import dev.granary.identity.SshKeyController.NewKey;
import dev.granary.kernel.Caller;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** The caller's SSH keys in v1, where ids are strings of digits. */
@RestController
class LegacySshKeyController {
    private final SshKeys keys;

    LegacySshKeyController(SshKeys keys) {
        this.keys = keys;
    }

    record Key(String id, String title, String key) {
        static Key of(SshKey key) {
            return new Key(Long.toString(key.id()), key.title(), key.publicKey());
        }
    }

    record Keys(List<Key> sshkey, int total) {}

    record PrivateKey(
            @Nullable String repositoryUuid, @Nullable String privateKey) {
        @Override
        public String toString() {
            return "PrivateKey[]";
        }
    }

    @PostMapping("/v1/users/sshkey")
    Key addSshKey(Caller caller, @RequestBody NewKey body) {
        return Key.of(keys.add(caller, body.title(), body.key()));
    }

    @GetMapping("/v1/users/sshkey")
    Keys listSshKeys(Caller caller) {
        var all = keys.list(caller).stream().map(Key::of).toList();
        return new Keys(all, all.size());
    }

    /** The result is the id of the key that is gone. */
    @DeleteMapping("/v1/users/sshkey/{id}")
    String deleteSShkey(Caller caller, @PathVariable long id) {
        keys.delete(caller, id);
        return Long.toString(id);
    }

    /** Whether a private key may fetch from a repository. */
    @PostMapping("/v1/users/sshkey/privatekey/verify")
    String showPrivateKeyVerify(Caller caller, @RequestBody PrivateKey body) {
        return keys.opens(caller, body.repositoryUuid(), body.privateKey())
                ? "verificationPassed"
                : "verificationFailed";
    }
}
