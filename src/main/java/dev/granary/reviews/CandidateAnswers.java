package dev.granary.reviews;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.granary.kernel.Page;
import dev.granary.kernel.Problem;
import dev.granary.reviews.Person.Part;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Those who may have a part in merge requests, as the answers show them. */
@Component
class CandidateAnswers {
    private final UserViews users;

    CandidateAnswers(UserViews users) {
        this.users = users;
    }

    /**
     * Somebody who may have a part.
     *
     * @param isCommitter true: who is listed may do what was asked for, as {@code hasPermission}
     * @param isVerified true: who is listed may sign in
     */
    record Candidate(
            @JsonUnwrapped UserViews.Basic user, boolean isCommitter, boolean isVerified, boolean hasPermission) {}

    /** One person; all is null when there is nobody. */
    record One(
            @Nullable Long id,
            @Nullable String name,
            @Nullable String username,
            @Nullable String state,
            @Nullable Integer serviceLicenseStatus,
            @Nullable String avatarUrl,
            @Nullable String avatarPath,
            @Nullable String email,
            @Nullable String nameCn,
            @Nullable String webUrl,
            @Nullable String nickName,
            @Nullable String tenantName,
            @Nullable String errorMessage) {
        static final One NOBODY = new One(null, null, null, null, null, null, null, null, null, null, null, null, null);

        static One of(UserViews.Basic user) {
            return new One(
                    user.id(),
                    user.name(),
                    user.username(),
                    user.state(),
                    user.serviceLicenseStatus(),
                    user.avatarUrl(),
                    user.avatarPath(),
                    user.email(),
                    user.nameCn(),
                    user.webUrl(),
                    user.nickName(),
                    user.tenantName(),
                    user.errorMessage());
        }
    }

    /** Whom a view asks for: {@code assignee}, which is the default, or {@code approver}. */
    static Part part(@Nullable String view) {
        return switch (Objects.requireNonNullElse(view, "")) {
            case "", "assignee" -> Part.ASSIGNEE;
            case "approver" -> Part.APPROVER;
            default -> throw Problem.invalid("view", "one-of", "approver, assignee");
        };
    }

    Page<UserViews.Basic> basic(Page<Long> ids) {
        var known = users.known(ids.items());
        return new Page<>(
                ids.items().stream()
                        .flatMap(id -> Stream.ofNullable(known.basic(id)))
                        .toList(),
                ids.total());
    }

    Page<Candidate> candidates(Page<Long> ids) {
        return basic(ids).map(user -> new Candidate(user, true, true, true));
    }

    One one(Page<Long> ids) {
        return basic(ids).items().stream().findFirst().map(One::of).orElse(One.NOBODY);
    }
}
