package dev.granary.identity;

import dev.granary.access.AccessService;
import dev.granary.kernel.Caller;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import dev.granary.storage.Vault;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** The address that a user's commits on the server carry; a new one is proved with a code sent to it. */
@Service
public class Emails {
    private static final int CODES = 1_000_000;
    private static final int ATTEMPTS = 5;
    private static final Duration VALID = Duration.ofMinutes(10);
    private static final Duration BETWEEN_MAILS = Duration.ofMinutes(1);

    private final EmailVerificationStore verifications;
    private final UserStore users;
    private final VerificationMail mail;
    private final AccessService access;
    private final Vault vault;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    Emails(
            EmailVerificationStore verifications,
            UserStore users,
            VerificationMail mail,
            AccessService access,
            Vault vault,
            TransactionTemplate transaction,
            Clock clock) {
        this.verifications = verifications;
        this.users = users;
        this.mail = mail;
        this.access = access;
        this.vault = vault;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** The caller's own record. */
    public UserAccount show(Caller caller) {
        return users.byId(access.requireUser(caller).id()).orElseThrow(() -> new Problem(ErrorCode.USER_NOT_FOUND));
    }

    /** Mails a code to the address. One code a user is valid at a time, and one mail a minute is sent. */
    public void sendCode(Caller caller, @Nullable String email, Locale language) {
        var user = access.requireUser(caller);
        var address = required(email);
        mail.requireConfigured();
        var code = "%06d".formatted(random.nextInt(CODES));
        var now = clock.millis();
        var expiry = now + VALID.toMillis();
        var stored = transaction.execute(_ -> verifications.replace(
                user.id(), address, hash(user, address, code), ATTEMPTS, expiry, expiry - BETWEEN_MAILS.toMillis()));
        if (!stored) {
            throw new Problem(ErrorCode.MAIL_TOO_SOON, BETWEEN_MAILS.toSeconds());
        }
        try {
            mail.send(address, code, user.name(), language);
        } catch (Problem problem) {
            transaction.executeWithoutResult(_ -> verifications.delete(user.id()));
            throw problem;
        }
    }

    /** Makes an address the one of the caller's commits, if the code is the one that was sent to it. */
    public UserAccount update(Caller caller, @Nullable String email, @Nullable String code) {
        var user = access.requireUser(caller);
        var address = required(email);
        var given = hash(user, address, code == null ? "" : code.strip());
        // The attempt counts even when what follows fails, so it is a transaction of its own.
        var expected = transaction
                .execute(_ -> verifications.attempt(user.id(), clock.millis()))
                .orElseThrow(() -> new Problem(ErrorCode.VERIFY_CODE_WRONG));
        if (!MessageDigest.isEqual(
                expected.getBytes(StandardCharsets.US_ASCII), given.getBytes(StandardCharsets.US_ASCII))) {
            throw new Problem(ErrorCode.VERIFY_CODE_WRONG);
        }
        transaction.executeWithoutResult(_ -> {
            if (!verifications.delete(user.id())) {
                throw new Problem(ErrorCode.VERIFY_CODE_WRONG);
            }
            users.setCommitEmail(user.id(), address, clock.millis());
        });
        return show(caller);
    }

    private static String required(@Nullable String email) {
        var address = Inputs.email("email", email);
        if (address.isEmpty()) {
            throw Problem.invalid("email", "required");
        }
        return address;
    }

    /** Covers the address, so that a code proves only the one it was sent to. Six digits need the key to stay secret. */
    private String hash(Caller.User user, String email, String code) {
        var text = user.id() + "\0" + email + "\0" + code;
        return Base64.getEncoder().encodeToString(vault.keyedHash("email-code", text.getBytes(StandardCharsets.UTF_8)));
    }
}
