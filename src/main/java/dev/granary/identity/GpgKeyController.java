package dev.granary.identity;

import dev.granary.kernel.Caller;
import dev.granary.kernel.Page;
import dev.granary.kernel.Slice;
import dev.granary.kernel.Times;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
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

/**
 * The caller's GPG keys. The public API's list answers one object, so it gives the newest key that is asked for; the
 * whole list, adding and deleting are extensions of it.
 */
@RestController
class GpgKeyController {
    private static final String PATH = "/v4/user/gpg-keys";

    private final GpgKeys keys;

    GpgKeyController(GpgKeys keys) {
        this.keys = keys;
    }

    record NewKey(
            @Nullable String title,
            @Nullable String description,
            @Nullable String key) {}

    /** All but the lists is null where there is no key. */
    record Key(
            @Nullable Long id,
            @Nullable String createdAt,
            Map<String, Boolean> emailsWithVerifiedStatus,
            @Nullable String fingerprint,
            @Nullable String key,
            @Nullable String description,
            @Nullable String title,
            @Nullable String primaryKeyid,
            @Nullable Boolean active,
            List<Subkey> subkeys) {
        /** The id counts a key's subkeys from 1. */
        record Subkey(long id, String fingerprint, long gpgKeyId, String keyid) {}

        static final Key NONE = new Key(null, null, Map.of(), null, null, null, null, null, null, List.of());

        static Key of(GpgKeys.Shown shown) {
            var key = shown.key();
            var subkeys = shown.content().subkeys();
            return new Key(
                    key.id(),
                    Times.v4(key.createdAt()),
                    shown.emails(),
                    key.fingerprint(),
                    key.publicKey(),
                    key.description(),
                    key.title(),
                    shown.content().keyId(),
                    shown.active(),
                    IntStream.range(0, subkeys.size())
                            .mapToObj(index -> new Subkey(
                                    index + 1L,
                                    subkeys.get(index).fingerprint(),
                                    key.id(),
                                    subkeys.get(index).keyId()))
                            .toList());
        }
    }

    @GetMapping(PATH)
    Key listUserGpgKeys(Caller caller, @RequestParam(defaultValue = "") String query) {
        return keys.list(caller, query, new Slice(0, 1)).items().stream()
                .findFirst()
                .map(Key::of)
                .orElse(Key.NONE);
    }

    @GetMapping(PATH + "/all")
    Page<Key> listAllUserGpgKeys(Caller caller, @RequestParam(defaultValue = "") String query, Slice slice) {
        return keys.list(caller, query, slice).map(Key::of);
    }

    @PostMapping(PATH)
    @ResponseStatus(HttpStatus.CREATED)
    Key addUserGpgKey(Caller caller, @RequestBody NewKey body) {
        return Key.of(keys.add(caller, body.title(), body.description(), body.key()));
    }

    @DeleteMapping(PATH + "/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void deleteUserGpgKey(Caller caller, @PathVariable long id) {
        keys.delete(caller, id);
    }
}
