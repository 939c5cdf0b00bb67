package dev.granary.identity;

import dev.granary.kernel.Caller;
import dev.granary.kernel.Slice;
import dev.granary.kernel.Times;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The caller's SSH keys in v4. */
@RestController
class SshKeyController {
    private final SshKeys keys;

    SshKeyController(SshKeys keys) {
        this.keys = keys;
    }

    record NewKey(@Nullable String title, @Nullable String key) {}

    record Key(long id, String title, String key, String createdAt) {
        static Key of(SshKey key) {
            return new Key(key.id(), key.title(), key.publicKey(), Times.v4(key.createdAt()));
        }
    }

    record Keys(List<Key> keys, long total) {}

    @PostMapping("/v4/user/keys")
    @ResponseStatus(HttpStatus.CREATED)
    Key addSshKey(Caller caller, @RequestBody NewKey body) {
        return Key.of(keys.add(caller, body.title(), body.key()));
    }

    @GetMapping("/v4/user/keys")
    Keys listUserKeys(Caller caller, @RequestParam(defaultValue = "") String query, Slice slice) {
        var page = keys.list(caller, query, slice).map(Key::of);
        return new Keys(page.items(), page.total());
    }

    @DeleteMapping("/v4/user/keys/{key_id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void deleteSshKey(Caller caller, @PathVariable("key_id") long keyId) {
        keys.delete(caller, keyId);
    }
}
