package dev.granary.labels;

import dev.granary.access.AccessService;
import dev.granary.access.Permission;
import dev.granary.kernel.Caller;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Page;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Scope;
import dev.granary.kernel.Slice;
import dev.granary.kernel.Texts;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** The labels of repositories: everybody who sees a repository sees them, who works in it makes them. */
@Service
public class LabelService {
    /** The most labels a repository may have. */
    static final int MOST = 1000;

    private static final int LONGEST_NAME = 255;
    private static final int LONGEST_DESCRIPTION = 500;
    private static final int LOWEST_PRIORITY = 30;
    private static final Pattern COLOR = Pattern.compile("#([a-fA-F0-9]{6}|[a-fA-F0-9]{3})");

    private final LabelStore store;
    private final AccessService access;
    private final TransactionTemplate transaction;
    private final Clock clock;

    LabelService(LabelStore store, AccessService access, TransactionTemplate transaction, Clock clock) {
        this.store = store;
        this.access = access;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** Makes a label. */
    public Label create(Caller caller, long repositoryId, LabelBody body) {
        require(caller, repositoryId, Permission.LABEL_CREATE);
        var label = label(
                repositoryId,
                name("name", body.name()),
                color(body.color()),
                description(body.description()),
                expiry(body.expiresAt()));
        return change(repositoryId, () -> insert(label));
    }

    /** Makes the labels that most projects want, as far as there is none of their name, and returns them all. */
    public List<Label> createSystem(Caller caller, long repositoryId) {
        require(caller, repositoryId, Permission.LABEL_CREATE);
        return change(
                repositoryId,
                () -> SystemLabel.ALL.stream()
                        .map(system -> store.find(repositoryId, system.name())
                                .orElseGet(() -> insert(label(repositoryId, system.name(), system.color(), "", null))))
                        .toList());
    }

    /**
     * A page of a repository's labels.
     *
     * @param expired whether those that have expired belong to it
     */
    public Page<Label> list(
            Caller caller,
            long repositoryId,
            @Nullable String search,
            @Nullable String sort,
            @Nullable String view,
            boolean expired,
            Slice slice) {
        require(caller, repositoryId, Permission.VIEW);
        var today = expired ? null : today().toString();
        return store.list(repositoryId, LabelQuery.of(search, sort, view, today, slice));
    }

    /** Changes the label of a name. */
    public Label update(Caller caller, long repositoryId, LabelBody body) {
        require(caller, repositoryId, Permission.LABEL_UPDATE);
        var name = name("name", body.name());
        var newName = body.newName() == null ? name : name("new_name", body.newName());
        var priority = body.priority();
        if (priority != null && (priority < 0 || priority > LOWEST_PRIORITY)) {
            throw Problem.invalid("priority", "range", 0, LOWEST_PRIORITY);
        }
        return change(repositoryId, () -> {
            var old = store.find(repositoryId, name).orElseThrow(() -> new Problem(ErrorCode.LABEL_NOT_FOUND, name));
            if (!newName.equals(name) && store.find(repositoryId, newName).isPresent()) {
                throw new Problem(ErrorCode.LABEL_EXISTS, newName);
            }
            return store.update(new Label(
                    old.id(),
                    repositoryId,
                    newName,
                    body.color() == null ? old.color() : color(body.color()),
                    body.description() == null ? old.description() : description(body.description()),
                    priority == null ? old.priority() : Long.valueOf(priority),
                    body.expiresAt() == null ? old.expiresOn() : expiry(body.expiresAt()),
                    old.createdAt(),
                    clock.millis()));
        });
    }

    /** Deletes the label of a name. */
    public void delete(Caller caller, long repositoryId, @Nullable String name) {
        require(caller, repositoryId, Permission.LABEL_DELETE);
        var known = name("name", name);
        if (!change(repositoryId, () -> store.delete(repositoryId, known))) {
            throw new Problem(ErrorCode.LABEL_NOT_FOUND, known);
        }
    }

    /** Whether a label's last day is over. */
    boolean isExpired(Label label) {
        return label.expiresOn() != null && LocalDate.parse(label.expiresOn()).isBefore(today());
    }

    private void require(Caller caller, long repositoryId, Permission permission) {
        access.require(caller, new Scope.Repository(repositoryId), permission);
    }

    private <T> T change(long repositoryId, Supplier<T> change) {
        return Objects.requireNonNull(transaction.execute(_ -> {
            store.lock(repositoryId);
            return change.get();
        }));
    }

    private Label insert(Label label) {
        if (store.count(label.repositoryId()) >= MOST) {
            throw new Problem(ErrorCode.TOO_MANY_LABELS, MOST);
        }
        return store.insert(label).orElseThrow(() -> new Problem(ErrorCode.LABEL_EXISTS, label.name()));
    }

    private Label label(long repositoryId, String name, String color, String description, @Nullable String expiresOn) {
        var now = clock.millis();
        return new Label(0, repositoryId, name, color, description, null, expiresOn, now, now);
    }

    private LocalDate today() {
        return LocalDate.now(clock);
    }

    private static String name(String field, @Nullable String name) {
        return Texts.line(field, name, 1, LONGEST_NAME);
    }

    private static String color(@Nullable String color) {
        if (color == null || color.isBlank()) {
            throw Problem.invalid("color", "required");
        }
        if (!COLOR.matcher(color).matches()) {
            throw Problem.invalid("color", "color");
        }
        return color;
    }

    private static String description(@Nullable String description) {
        return Texts.lines("description", description, LONGEST_DESCRIPTION);
    }

    private static @Nullable String expiry(@Nullable String date) {
        if (date == null || date.isEmpty()) {
            return null;
        }
        try {
            var parsed = LocalDate.parse(date);
            // Dates of more than four digits do not sort as texts.
            if (parsed.getYear() >= 1 && parsed.getYear() <= 9999) {
                return parsed.toString();
            }
        } catch (DateTimeException e) {
            throw Problem.invalid("expires_at", "date");
        }
        throw Problem.invalid("expires_at", "date");
    }
}
