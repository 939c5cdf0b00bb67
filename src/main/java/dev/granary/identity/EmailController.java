package dev.granary.identity;

import dev.granary.kernel.Caller;
import dev.granary.kernel.Times;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** The caller's address for commits. */
@RestController
class EmailController {
    private final Emails emails;

    EmailController(Emails emails) {
        this.emails = emails;
    }

    record Change(@Nullable String email, @Nullable String verifyCode) {}

    /**
     * The address and whose it is.
     *
     * @param username the long id, 32 hex digits
     * @param isDefault whether the address is that of the account
     */
    record Email(
            long id,
            String name,
            String username,
            String state,
            String createdAt,
            String updatedAt,
            @Nullable String lastActivityOn,
            String commitEmail,
            boolean isDefault) {
        static Email of(UserAccount user) {
            return new Email(
                    user.id(),
                    user.name(),
                    user.uuid(),
                    user.enabled() ? "active" : "blocked",
                    Times.v4(user.createdAt()),
                    Times.v4(user.updatedAt()),
                    user.lastActivityAt() == null ? null : Times.v4(user.lastActivityAt()),
                    user.addressForCommits(),
                    user.addressForCommits().equals(user.email()));
        }
    }

    record Sent(String result) {}

    @GetMapping("/v4/user/emails")
    Email showUserEmails(Caller caller) {
        return Email.of(emails.show(caller));
    }

    @PutMapping("/v4/user/emails")
    Email updateUserEmails(Caller caller, @RequestBody Change body) {
        return Email.of(emails.update(caller, body.email(), body.verifyCode()));
    }

    @PostMapping("/v4/user/email-verify-code")
    Sent sendUserEmailVerifyCode(Caller caller, @RequestBody Change body, Locale language) {
        emails.sendCode(caller, body.email(), language);
        return new Sent("success");
    }
}
