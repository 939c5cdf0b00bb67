package dev.granary.reviews;

import dev.granary.access.AccessService;
import dev.granary.access.Permission;
import dev.granary.identity.UserAccount;
import dev.granary.identity.UserService;
import dev.granary.kernel.Caller;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Ids;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Scope;
import dev.granary.kernel.Texts;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What clients say in and about discussions, checked before it is stored. */
@Component
class DiscussionInputs {
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,10}");
    private static final int LONGEST_BODY = 8_000;
    private static final int LONGEST_LIST = 500;

    private final ReviewSettings settings;
    private final UserService users;
    private final AccessService access;

    DiscussionInputs(ReviewSettings settings, UserService users, AccessService access) {
        this.settings = settings;
        this.users = users;
        this.access = access;
    }

    /**
     * What stands beside the text of a discussion.
     *
     * @param resolvable whether it must be resolved: one with a place, or with anything that is said here
     */
    record Description(
            boolean resolvable,
            Severity severity,
            String categories,
            String modules,
            @Nullable Long assigneeId,
            @Nullable Long proposerId) {}

    /** A text that is said: 1 to 8,000 characters up to U+FFFF, not blank. */
    static String body(@Nullable String body) {
        var text = Texts.lines("body", body, LONGEST_BODY);
        if (text.isBlank()) {
            throw Problem.invalid("body", "required");
        }
        if (text.codePoints().anyMatch(point -> point > Character.MAX_VALUE)) {
            throw Problem.invalid("body", "basic-plane");
        }
        return text;
    }

    /** What a new discussion says beside its text, with all that the repository's setting requires. */
    Description describe(Caller.User caller, long repositoryId, NewDiscussion asked) {
        var severity = Severity.given("severity", asked.severity());
        var categories = list("review_categories", asked.reviewCategories());
        var modules = list("review_modules", asked.reviewModules());
        var scope = new Scope.Repository(repositoryId);
        var assignee = person("assignee_id", asked.assigneeId(), scope);
        var proposer = person("proposer_id", asked.proposerId(), scope);
        var resolvable = asked.position() != null
                || severity != null
                || !categories.isEmpty()
                || !modules.isEmpty()
                || assignee != null
                || proposer != null;
        return checked(
                repositoryId,
                new Description(
                        resolvable,
                        severity == null ? Severity.SUGGESTION : severity,
                        categories,
                        modules,
                        assignee,
                        proposer == null ? Long.valueOf(caller.id()) : proposer));
    }

    /** What a discussion says after a change. */
    Description describe(Discussion old, DiscussionChange change) {
        var severity = Severity.given("severity", change.severity());
        var id = old.repositoryId();
        var scope = new Scope.Repository(id);
        return checked(
                id,
                new Description(
                        true,
                        severity == null ? Severity.ofKey(old.severity()) : severity,
                        change.reviewCategories() == null
                                ? old.categories()
                                : list("review_categories", change.reviewCategories()),
                        change.reviewModules() == null ? old.modules() : list("review_modules", change.reviewModules()),
                        change.assigneeId() == null
                                ? old.assigneeId()
                                : person("assignee_id", change.assigneeId(), scope),
                        change.proposerId() == null
                                ? old.proposerId()
                                : Optional.ofNullable(person("proposer_id", change.proposerId(), scope))
                                        .orElse(old.authorId())));
    }

    private Description checked(long repositoryId, Description description) {
        var setting = settings.of(repositoryId);
        if (description.resolvable()) {
            require("assignee_id", setting.assigneeRequired() && description.assigneeId() == null);
            require(
                    "review_categories",
                    setting.categoriesRequired() && description.categories().isEmpty());
            require(
                    "review_modules",
                    setting.modulesRequired() && description.modules().isEmpty());
        }
        for (var category : RequestInputs.list("review_categories", description.categories())) {
            if (!setting.allowsCategory(category)) {
                throw Problem.invalid("review_categories", "not-offered", category);
            }
        }
        for (var module : RequestInputs.list("review_modules", description.modules())) {
            if (!setting.allowsModule(module)) {
                throw Problem.invalid("review_modules", "not-offered", module);
            }
        }
        return description;
    }

    private static void require(String field, boolean missing) {
        if (missing) {
            throw Problem.invalid(field, "required");
        }
    }

    /** The entries of a list in one text, separated by commas, each once and without blanks around. */
    static String list(String field, @Nullable String text) {
        return String.join(",", RequestInputs.list(field, Texts.line(field, text, 0, LONGEST_LIST)));
    }

    /** Somebody who sees a repository, or what is in a group or project; null where nobody is named. */
    @Nullable
    Long person(String field, @Nullable String id, Scope scope) {
        if (id == null || id.isBlank() || id.equals("0")) {
            return null;
        }
        var user = find(id).orElseThrow(() -> new Problem(ErrorCode.UNKNOWN_USER, field, id));
        var needed = scope instanceof Scope.Repository ? Permission.VIEW : Permission.PROJECT_VIEW;
        if (!user.enabled() || !access.allows(user.toCaller(Caller.User.ALL_GRANTS), scope, needed)) {
            throw new Problem(ErrorCode.PERSON_NOT_ALLOWED, field, user.name());
        }
        return user.id();
    }

    private Optional<UserAccount> find(String id) {
        if (Ids.isUuid(id)) {
            return users.byUuid(id);
        }
        return NUMBER.matcher(id).matches() ? users.byId(Long.parseLong(id)) : Optional.empty();
    }
}
