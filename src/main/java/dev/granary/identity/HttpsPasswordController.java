package dev.granary.identity;

import dev.granary.kernel.Caller;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Account passwords as credentials of Git over HTTP. v4 answers a bare text, {@code true} or {@code false}. */
@RestController
class HttpsPasswordController {
    private static final String SETTING = "/v4/user/https-password-setting";

    private final HttpsPasswords passwords;

    HttpsPasswordController(HttpsPasswords passwords) {
        this.passwords = passwords;
    }

    record Password(@Nullable String pwd) {
        @Override
        public String toString() {
            return "Password[]";
        }
    }

    record Setting(@Nullable String httpsCloneIamAuth) {}

    /** Every other outcome is a failure. */
    @PostMapping({"/v1/user/{iam_user_uuid}/validateHttpsInfo", "/v2/user/{iam_user_uuid}/validate-https-info"})
    String validateHttpsInfo(
            Caller caller,
            @PathVariable("iam_user_uuid") String userUuid,
            @RequestBody Password body,
            HttpServletRequest request) {
        passwords.validate(caller, userUuid, body.pwd(), request.getRemoteAddr());
        return "verificationPassed";
    }

    @GetMapping(path = SETTING, produces = MediaType.APPLICATION_JSON_VALUE)
    String showHttpsPasswordSetting(Caller caller) {
        return Boolean.toString(passwords.accepted(caller));
    }

    @PutMapping(path = SETTING, produces = MediaType.APPLICATION_JSON_VALUE)
    String updateHttpsPasswordSetting(Caller caller, @RequestBody Setting body) {
        return Boolean.toString(passwords.accept(caller, body.httpsCloneIamAuth()));
    }
}
