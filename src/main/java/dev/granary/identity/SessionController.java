package dev.granary.identity;

import dev.granary.kernel.Caller;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** IAM's tokens: the token itself travels in a header. */
@RestController
@RequestMapping("/v3/auth/tokens")
class SessionController {
    private static final String TOKEN = "X-Subject-Token";

    private final SessionService sessions;

    SessionController(SessionService sessions) {
        this.sessions = sessions;
    }

    @PostMapping
    ResponseEntity<Session> keystoneCreateUserTokenByPassword(
            @RequestBody NewSession body, HttpServletRequest request) {
        return answer(HttpStatus.CREATED, sessions.create(body, request.getRemoteAddr()));
    }

    @GetMapping
    ResponseEntity<Session> keystoneValidateToken(
            Caller caller, @RequestHeader(name = TOKEN, required = false) @Nullable String token) {
        return answer(HttpStatus.OK, sessions.show(caller, token));
    }

    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void keystoneRevokeToken(Caller caller, @RequestHeader(name = TOKEN, required = false) @Nullable String token) {
        sessions.delete(caller, token);
    }

    private static ResponseEntity<Session> answer(HttpStatus status, Session session) {
        return ResponseEntity.status(status)
                .header("Cache-Control", "no-store")
                .header(TOKEN, session.secret())
                .body(session);
    }
}
