package dev.granary.identity;

import dev.granary.api.BodyLimits;
import dev.granary.kernel.Caller;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Checks requests signed with an access key and its secret key. Every refusal looks the same to the client; the log says
 * more at debug level.
 *
 * <p>A captured request could be sent again within the clock window: TLS keeps requests from being captured. Remembering
 * signatures would not do instead, because clients sign to the second and two equal requests within one are legitimate.
 */
@Component
class SignatureVerifier {
    private static final Logger log = LoggerFactory.getLogger(SignatureVerifier.class);
    private static final Duration WINDOW = Duration.ofMinutes(15);
    private static final String HASH_HEADER = "X-Sdk-Content-Sha256";
    private static final String UNSIGNED_BODY = "UNSIGNED-PAYLOAD";

    private final AccessKeyStore keys;
    private final UserStore users;
    private final LastUse lastUse;
    private final Clock clock;

    SignatureVerifier(AccessKeyStore keys, UserStore users, LastUse lastUse, Clock clock) {
        this.keys = keys;
        this.users = users;
        this.lastUse = lastUse;
        this.clock = clock;
    }

    /**
     * Who signed the request.
     *
     * @param request the request, for those behind to read on: its body has been read, where the signature covers it
     */
    record Verified(Caller.User caller, HttpServletRequest request) {}

    /**
     * Checks a signature. The body is not read before the key, the clock and the header's form are found right.
     *
     * @throws Problem {@link ErrorCode#BAD_SIGNATURE} whatever is wrong, or the body is too large
     */
    Verified verify(String authorization, HttpServletRequest request) throws IOException {
        var signature = Signature.of(authorization, request).orElse(null);
        if (signature == null) {
            throw refused("its form is wrong", null);
        }
        if (!signature.isWithin(WINDOW, clock.instant())) {
            throw refused("its time is too far from the server's", signature);
        }
        var key = keys.byAccess(signature.access()).filter(AccessKey::active).orElse(null);
        var user = key == null
                ? null
                : users.byId(key.userId()).filter(UserAccount::enabled).orElse(null);
        if (key == null || user == null) {
            throw refused("there is no such active key of an enabled user", signature);
        }
        var announced = request.getHeader(HASH_HEADER);
        if (UNSIGNED_BODY.equals(announced)) {
            if (!BodyLimits.isUpload(request)) {
                throw refused("the body must be signed here", signature);
            }
            check(signature, key, request, announced);
            return verified(user, key, request);
        }
        var body = request.getInputStream().readAllBytes();
        var hash = HexFormat.of().formatHex(Secrets.sha256(body));
        if (announced != null && !announced.equalsIgnoreCase(hash)) {
            throw refused("the body is not the announced one", signature);
        }
        check(signature, key, request, announced == null ? hash : announced);
        return verified(user, key, new ReadRequest(request, body));
    }

    private Verified verified(UserAccount user, AccessKey key, HttpServletRequest request) {
        lastUse.note(LastUseStore.Kind.ACCESS_KEY, key.id());
        lastUse.note(LastUseStore.Kind.USER, user.id());
        return new Verified(user.toCaller(Caller.User.ALL_GRANTS), request);
    }

    private void check(Signature signature, AccessKey key, HttpServletRequest request, String bodyHash) {
        var secret = keys.secret(key);
        var expected = HexFormat.of().parseHex(signature.signature());
        var matches = false;
        for (var candidate : signature.candidates(request, bodyHash)) {
            matches |= MessageDigest.isEqual(hmac(secret, candidate), expected);
        }
        if (!matches) {
            throw refused("it does not match the request", signature);
        }
    }

    private static byte[] hmac(byte[] secret, String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Problem refused(String reason, @Nullable Signature signature) {
        log.debug("Signature of access key {} refused: {}", signature == null ? "?" : signature.access(), reason);
        return new Problem(ErrorCode.BAD_SIGNATURE);
    }
}
