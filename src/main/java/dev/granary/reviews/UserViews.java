package dev.granary.reviews;

import dev.granary.identity.UserAccount;
import dev.granary.identity.UserService;
import dev.granary.kernel.Times;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** People in answers about merge requests. They have no pictures, pages, nick names or licences here. */
@Component
class UserViews {
    private final UserService users;

    UserViews(UserService users) {
        this.users = users;
    }

    /** A person in lists and settings. */
    record Basic(
            long id,
            String name,
            String username,
            String state,
            @Nullable Integer serviceLicenseStatus,
            @Nullable String avatarUrl,
            @Nullable String avatarPath,
            String email,
            String nameCn,
            @Nullable String webUrl,
            @Nullable String nickName,
            String tenantName,
            @Nullable String errorMessage) {}

    /**
     * A person in the answer about one request.
     *
     * @param hasPermission whether the person may merge
     */
    record Detailed(
            long id,
            String name,
            String username,
            String state,
            @Nullable String avatarUrl,
            @Nullable String webUrl,
            @Nullable String nickName,
            String tenantName,
            boolean hasPermission) {}

    /**
     * Somebody who votes.
     *
     * @param state whether there is a vote
     * @param score 0 without one
     */
    record Voter(
            long id,
            String username,
            String name,
            @Nullable String nickName,
            boolean state,
            long score,
            String tenantName) {}

    /**
     * Somebody who reviews or approves.
     *
     * @param state {@code pending}, {@code approved} or {@code rejected}
     * @param updatedAt when that was said; null while it is pending
     */
    record Approving(
            long id,
            String username,
            String name,
            @Nullable String nickName,
            String nameCn,
            String email,
            @Nullable String state,
            @Nullable String updatedAt,
            @Nullable String avatarUrl,
            String tenantName,
            String approverComment) {}

    /** A person in v2. */
    record Legacy(
            long id,
            String name,
            String state,
            String username,
            String nameCn,
            @Nullable String avatarUrl,
            String email) {}

    /** Those of some users who are there, asked for at once. */
    static final class Known {
        private final Map<Long, UserAccount> accounts;
        private final String tenant;

        private Known(Map<Long, UserAccount> accounts, String tenant) {
            this.accounts = accounts;
            this.tenant = tenant;
        }

        @Nullable
        UserAccount account(@Nullable Long id) {
            return id == null ? null : accounts.get(id);
        }

        @Nullable
        Basic basic(@Nullable Long id) {
            var user = account(id);
            return user == null ? null : UserViews.basic(user, tenant);
        }

        @Nullable
        Detailed detailed(@Nullable Long id, boolean hasPermission) {
            var user = account(id);
            return user == null
                    ? null
                    : new Detailed(
                            user.id(), user.name(), user.name(), state(user), null, null, null, tenant, hasPermission);
        }

        @Nullable
        Legacy legacy(@Nullable Long id) {
            var user = account(id);
            return user == null
                    ? null
                    : new Legacy(user.id(), user.name(), state(user), user.name(), user.name(), null, user.email());
        }

        Stream<Voter> voter(Person person) {
            return Stream.ofNullable(account(person.userId()))
                    .map(user -> new Voter(
                            user.id(),
                            user.name(),
                            user.name(),
                            null,
                            person.score() != null,
                            Objects.requireNonNullElse(person.score(), 0L),
                            tenant));
        }

        Stream<Approving> approving(Person person) {
            return Stream.ofNullable(account(person.userId()))
                    .map(user -> new Approving(
                            user.id(),
                            user.name(),
                            user.name(),
                            null,
                            user.name(),
                            user.email(),
                            person.state(),
                            person.saidAt() == null ? null : Times.v4(person.saidAt()),
                            null,
                            tenant,
                            person.comment()));
        }
    }

    /** Those ids that are there. */
    static Set<Long> present(@Nullable Long... ids) {
        var present = new HashSet<Long>();
        for (var id : ids) {
            if (id != null) {
                present.add(id);
            }
        }
        return present;
    }

    /** Looks users up. */
    Known known(Collection<Long> ids) {
        return new Known(new HashMap<>(users.byIds(ids)), users.account().name());
    }

    /** Users who were looked up already. */
    Stream<Basic> basic(Collection<UserAccount> people) {
        var tenant = users.account().name();
        return people.stream().map(user -> basic(user, tenant));
    }

    private static Basic basic(UserAccount user, String tenant) {
        return new Basic(
                user.id(),
                user.name(),
                user.name(),
                state(user),
                null,
                null,
                null,
                user.email(),
                user.name(),
                null,
                null,
                tenant,
                null);
    }

    static String state(UserAccount user) {
        return user.enabled() ? "active" : "blocked";
    }
}
