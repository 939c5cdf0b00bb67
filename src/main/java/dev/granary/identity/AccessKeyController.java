package dev.granary.identity;

import dev.granary.kernel.Caller;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** IAM's permanent access keys. */
@RestController
@RequestMapping("/v3.0/OS-CREDENTIAL/credentials")
class AccessKeyController {
    private final AccessKeyService keys;

    AccessKeyController(AccessKeyService keys) {
        this.keys = keys;
    }

    record One(AccessKey credential) {}

    record Many(List<AccessKey> credentials) {}

    record Wanted(
            @Nullable String userId,
            @Nullable String description,
            @Nullable String status) {}

    record Body(@NotNull @Nullable Wanted credential) {
        Wanted wanted() {
            return credential == null ? new Wanted(null, null, null) : credential;
        }
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    One createPermanentAccessKey(Caller caller, @Valid @RequestBody Body body) {
        return new One(keys.create(caller, body.wanted().userId(), body.wanted().description()));
    }

    @GetMapping
    Many listPermanentAccessKeys(
            Caller caller, @RequestParam(name = "user_id", required = false) @Nullable String userId) {
        return new Many(keys.list(caller, userId));
    }

    @GetMapping("/{access_key}")
    One showPermanentAccessKey(Caller caller, @PathVariable("access_key") String accessKey) {
        return new One(keys.show(caller, accessKey));
    }

    @PutMapping("/{access_key}")
    One updatePermanentAccessKey(
            Caller caller, @PathVariable("access_key") String accessKey, @Valid @RequestBody Body body) {
        return new One(keys.update(
                caller, accessKey, body.wanted().status(), body.wanted().description()));
    }

    @DeleteMapping("/{access_key}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void deletePermanentAccessKey(Caller caller, @PathVariable("access_key") String accessKey) {
        keys.delete(caller, accessKey);
    }
}
