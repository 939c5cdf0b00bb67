package dev.granary.identity;

import dev.granary.kernel.Caller;
import dev.granary.kernel.Page;
import dev.granary.kernel.Slice;
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

/** The caller's personal access tokens. The public API only lists them; making and revoking are extensions of it. */
@RestController
class PersonalTokenController {
    private static final String PATH = "/v4/users/impersonation-tokens";

    private final PersonalTokenService tokens;

    PersonalTokenController(PersonalTokenService tokens) {
        this.tokens = tokens;
    }

    @GetMapping(PATH)
    Page<PersonalToken> listImpersonationTokens(
            Caller caller,
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable String search,
            Slice slice) {
        return tokens.list(caller, state, search, slice);
    }

    @PostMapping(PATH)
    @ResponseStatus(HttpStatus.CREATED)
    PersonalToken createImpersonationToken(Caller caller, @RequestBody NewPersonalToken body) {
        return tokens.create(caller, body);
    }

    @DeleteMapping(PATH + "/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void revokeImpersonationToken(Caller caller, @PathVariable long id) {
        tokens.revoke(caller, id);
    }
}
