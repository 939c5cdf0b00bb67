package dev.granary.activity;

import dev.granary.activity.PushSummaries.Summary;
import dev.granary.events.PushFacts;
import dev.granary.identity.UserAccount;
import dev.granary.repositories.HostedRepository;
import dev.granary.repositories.RepositoryCore;
import org.jspecify.annotations.Nullable;

/** Pushes as the answers show them. */
final class ActivityAnswers {
    private static final String TAGS = "refs/tags/";
    private static final String HEADS = "refs/heads/";

    private ActivityAnswers() {}

    /**
     * A push.
     *
     * @param actionName {@code pushed to}, {@code pushed new} or {@code deleted}
     * @param author who pushed; null, as the next two, for nobody but the server and for users who are gone
     */
    record RepositoryEvent(
            String actionName,
            @Nullable Author author,
            @Nullable Long authorId,
            @Nullable String authorUsername,
            String createdAt,
            long repositoryId,
            String repositoryName,
            PushData pushData) {}

    /** Who pushed; people have no pictures here, and one name. */
    record Author(
            long id,
            String name,
            String username,
            String state,
            @Nullable String avatarUrl,
            String nameCn,
            String nickName,
            String tenantName) {
        static Author of(UserAccount user, String tenant) {
            return new Author(
                    user.id(),
                    user.name(),
                    user.name(),
                    user.enabled() ? "active" : "blocked",
                    null,
                    user.name(),
                    user.name(),
                    tenant);
        }
    }

    /**
     * What was pushed.
     *
     * @param commitCount at most {@link PushSummaries#MOST_COMMITS}
     * @param action {@code created}, {@code pushed} or {@code removed}
     * @param refType {@code branch} or {@code tag}
     * @param commitFrom the object before; null for a new ref
     * @param commitTo null for a deleted one
     * @param ref the short name
     */
    record PushData(
            long commitCount,
            String action,
            String refType,
            @Nullable String commitFrom,
            @Nullable String commitTo,
            String ref,
            String commitTitle) {
        static PushData of(PushFacts facts, Summary summary) {
            return new PushData(
                    summary.commits(),
                    facts.before() == null ? "created" : facts.after() == null ? "removed" : "pushed",
                    facts.ref().startsWith(TAGS) ? "tag" : "branch",
                    facts.before(),
                    facts.after(),
                    shortName(facts.ref()),
                    summary.title());
        }
    }

    static String actionName(PushFacts facts) {
        return facts.before() == null ? "pushed new" : facts.after() == null ? "deleted" : "pushed to";
    }

    static String shortName(String ref) {
        return ref.substring((ref.startsWith(TAGS) ? TAGS : HEADS).length());
    }

    /** A push of the caller's. */
    record PersonalEvent(PersonalAuthor author, RepositoryCore repository, PushData pushData, String createdAt) {}

    record PersonalAuthor(long id, String username) {}

    /** The last push to a repository. */
    record LastPush(String ref, String createdAt, Brief repository) {}

    record Brief(long id, String name, String path, String pathWithNamespace, String projectName) {
        static Brief of(HostedRepository repository) {
            return new Brief(
                    repository.id(),
                    repository.name(),
                    repository.name(),
                    repository.fullPath(),
                    repository.projectName());
        }
    }
}
