package dev.granary.identity;

import dev.granary.access.AccessService;
import dev.granary.kernel.Caller;
import dev.granary.kernel.Caller.Grant;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Page;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Slice;
import dev.granary.kernel.Texts;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Personal access tokens: what their owners do with them. */
@Service
public class PersonalTokenService {
    private static final int SECRET_BYTES = 30;
    private static final int MOST_ACTIVE = 100;
    private static final String SCOPES =
            Arrays.stream(Grant.values()).map(Grant::wireName).collect(Collectors.joining(", "));

    private final PersonalTokenStore store;
    private final AccessService access;
    private final TransactionTemplate transaction;
    private final Clock clock;

    PersonalTokenService(PersonalTokenStore store, AccessService access, TransactionTemplate transaction, Clock clock) {
        this.store = store;
        this.access = access;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** Makes a token for the caller. The answer is the only one that holds the secret. */
    public PersonalToken create(Caller caller, NewPersonalToken wanted) {
        var user = access.requireUser(caller);
        var name = Texts.line("name", wanted.name(), 1, 64);
        var description = Texts.line("description", wanted.description(), 0, 255);
        var scopes = scopes(wanted.scopes());
        var expiresAt = expiry(wanted.expiresAt());
        var secret = PersonalToken.PREFIX + Secrets.urlSafe(SECRET_BYTES);
        var token = transaction.execute(_ -> {
            if (store.usable(user.id()) >= MOST_ACTIVE) {
                throw new Problem(ErrorCode.TOO_MANY_KEYS, MOST_ACTIVE);
            }
            return store.insert(user.id(), name, description, Secrets.hash(secret), scopes, expiresAt);
        });
        return Objects.requireNonNull(token).withToken(secret);
    }

    /**
     * The caller's tokens.
     *
     * @param state {@code all} (also when absent), {@code active} or {@code inactive}
     * @param search part of a name
     */
    public Page<PersonalToken> list(Caller caller, @Nullable String state, @Nullable String search, Slice slice) {
        var user = access.requireUser(caller);
        return store.list(user.id(), state(state), Texts.line("search", search, 0, 64), slice);
    }

    /** Ends a token of the caller at once. It stays in the list. */
    public void revoke(Caller caller, long id) {
        var user = access.requireUser(caller);
        if (!Boolean.TRUE.equals(transaction.execute(_ -> store.revoke(user.id(), id)))) {
            throw new Problem(ErrorCode.TOKEN_NOT_FOUND);
        }
    }

    private static PersonalTokenStore.State state(@Nullable String state) {
        return switch (state) {
            case null -> PersonalTokenStore.State.ALL;
            case "", "all" -> PersonalTokenStore.State.ALL;
            case "active" -> PersonalTokenStore.State.ACTIVE;
            case "inactive" -> PersonalTokenStore.State.INACTIVE;
            default -> throw Problem.invalid("state", "one-of", "all, active, inactive");
        };
    }

    private static String scopes(@Nullable List<String> names) {
        if (names == null || names.isEmpty()) {
            throw Problem.invalid("scopes", "required");
        }
        var known = Arrays.stream(Grant.values()).map(Grant::wireName).toList();
        if (!known.containsAll(names)) {
            throw Problem.invalid("scopes", "one-of", SCOPES);
        }
        return known.stream().filter(names::contains).collect(Collectors.joining(" "));
    }

    private @Nullable Long expiry(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        long millis;
        try {
            var upper = text.toUpperCase(Locale.ROOT);
            millis = upper.contains("T")
                    ? OffsetDateTime.parse(upper).toInstant().toEpochMilli()
                    : LocalDate.parse(text)
                            .plusDays(1)
                            .atStartOfDay(ZoneOffset.UTC)
                            .toInstant()
                            .toEpochMilli();
        } catch (DateTimeParseException | ArithmeticException e) {
            throw Problem.invalid("expires_at", "date");
        }
        if (millis <= clock.millis()) {
            throw Problem.invalid("expires_at", "future");
        }
        return millis;
    }
}
