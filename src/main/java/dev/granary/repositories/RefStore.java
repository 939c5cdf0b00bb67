package dev.granary.repositories;

import dev.granary.storage.Batches;
import dev.granary.storage.RecordMapper;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The rows of branches and tags. */
@Component
class RefStore {
    private static final int TOGETHER = 100;

    private static final int MOST_NAMES = 1_000;

    private static final RecordMapper<Origin> ORIGIN = RecordMapper.of(Origin.class);
    private static final RecordMapper<WorkItemLink> WORK_ITEM = RecordMapper.of(WorkItemLink.class);

    private final JdbcClient jdbc;

    RefStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Where a ref points.
     *
     * @param name the full name
     * @param commitId the commit it leads to; null for a tag of anything else
     * @param committedAt that commit's time in epoch milliseconds; 0 without one
     * @param creatorId whom to name as its creator, should it be new; null for nobody
     */
    record Target(
            String name,
            String objectId,
            @Nullable String commitId,
            long committedAt,
            @Nullable Long creatorId) {}

    /** Takes down where refs point. */
    void save(long repositoryId, List<Target> targets, long now) {
        Batches.of(targets, TOGETHER, some -> upsert(repositoryId, some, now));
    }

    private void upsert(long repositoryId, List<Target> targets, long now) {
        var values = new ArrayList<@Nullable Object>();
        for (var target : targets) {
            var tag = target.name().startsWith(Constants.R_TAGS);
            values.add(repositoryId);
            values.add(target.name());
            values.add(tag);
            values.add(target.name()
                    .substring((tag ? Constants.R_TAGS : Constants.R_HEADS).length())
                    .toLowerCase(Locale.ROOT));
            values.add(target.objectId());
            values.add(target.commitId());
            values.add(target.committedAt());
            values.add(target.creatorId());
            values.add(now);
        }
        var row = "(?, ?, ?, ?, ?, CAST(? AS TEXT), ?, (SELECT id FROM user_account WHERE id = CAST(? AS BIGINT)), ?)";
        jdbc.sql("""
            INSERT INTO git_ref (repository_id, full_name, tag, name_key, object_id, commit_id, committed_at,
              creator_id, created_at)
            VALUES %s
            ON CONFLICT (repository_id, full_name) DO UPDATE SET object_id = excluded.object_id,
              commit_id = excluded.commit_id, committed_at = excluded.committed_at
            """.formatted(String.join(", ", Collections.nCopies(targets.size(), row))))
                .params(values)
                .update();
    }

    /** Forgets refs that are no more. */
    void delete(long repositoryId, List<String> names) {
        for (var next = 0; next < names.size(); next += MOST_NAMES) {
            jdbc.sql("DELETE FROM git_ref WHERE repository_id = :repository AND full_name IN (:names)")
                    .param("repository", repositoryId)
                    .param("names", names.subList(next, Math.min(names.size(), next + MOST_NAMES)))
                    .update();
        }
    }

    /** Every ref's full name and the object it points to. */
    Map<String, String> objectIds(long repositoryId) {
        var ids = new HashMap<String, String>();
        jdbc.sql("SELECT full_name, object_id FROM git_ref WHERE repository_id = :repository")
                .param("repository", repositoryId)
                .query(row -> {
                    ids.put(row.getString("full_name"), row.getString("object_id"));
                });
        return ids;
    }

    /** Of some refs, as far as there are rows, the full name and the object it points to. */
    Map<String, String> objectIds(long repositoryId, Collection<String> names) {
        var ids = new HashMap<String, String>();
        if (!names.isEmpty()) {
            jdbc.sql("""
                SELECT full_name, object_id FROM git_ref
                WHERE repository_id = :repository AND full_name IN (:names)
                """)
                    .param("repository", repositoryId)
                    .param("names", names)
                    .query(row -> {
                        ids.put(row.getString("full_name"), row.getString("object_id"));
                    });
        }
        return ids;
    }

    /** Since when the rows of a repository may differ from Git's refs; empty while they are known to agree. */
    Optional<Long> staleSince(long repositoryId) {
        return jdbc.sql("SELECT refs_stale_since FROM repository WHERE id = :id AND refs_stale_since IS NOT NULL")
                .param("id", repositoryId)
                .query(Long.class)
                .optional();
    }

    /** The repositories whose rows may differ from Git's refs, as far as they are ready. */
    List<String> stale(int limit) {
        return jdbc.sql("""
            SELECT uuid FROM repository WHERE refs_stale_since IS NOT NULL AND status = 0 AND deleted_at IS NULL
            ORDER BY refs_stale_since LIMIT :limit
            """).param("limit", limit).query(String.class).list();
    }

    void markStale(long repositoryId, long now) {
        jdbc.sql("UPDATE repository SET refs_stale_since = :now WHERE id = :id")
                .param("now", now)
                .param("id", repositoryId)
                .update();
    }

    /** Says that rows agree with Git's refs, unless somebody doubted it anew. */
    void markCurrent(long repositoryId, long since) {
        jdbc.sql("UPDATE repository SET refs_stale_since = NULL WHERE id = :id AND refs_stale_since = :since")
                .param("since", since)
                .param("id", repositoryId)
                .update();
    }

    /** Whether there is a repository; it stays until the transaction ends. */
    boolean hold(long repositoryId) {
        return jdbc.sql("UPDATE repository SET refs_stale_since = refs_stale_since WHERE id = :id")
                        .param("id", repositoryId)
                        .update()
                == 1;
    }

    /**
     * What a ref's row says that Git does not know.
     *
     * @param creatorId null for nobody
     * @param createdAt epoch milliseconds
     * @param source what it was created from, as its creator named that
     */
    record Origin(
            @Nullable Long creatorId,
            long createdAt,
            String description,
            @Nullable String createSource) {}

    Optional<Origin> origin(long repositoryId, String name) {
        return jdbc.sql("""
            SELECT creator_id, created_at, description, create_source FROM git_ref
            WHERE repository_id = :repository AND full_name = :name
            """)
                .param("repository", repositoryId)
                .param("name", name)
                .query(ORIGIN)
                .optional();
    }

    /**
     * A work item that a branch is linked to.
     *
     * @param userId who linked it; null for nobody known
     * @param createdAt when, epoch milliseconds
     */
    record WorkItemLink(String workItemId, @Nullable Long userId, long createdAt) {}

    List<WorkItemLink> workItems(long repositoryId, String name) {
        return jdbc.sql("""
            SELECT work_item_id, user_id, created_at FROM git_ref_work_item
            WHERE repository_id = :repository AND full_name = :name ORDER BY id
            """)
                .param("repository", repositoryId)
                .param("name", name)
                .query(WORK_ITEM)
                .list();
    }

    void setOrigin(long repositoryId, String name, Origin origin, Collection<WorkItemLink> workItems) {
        var found = jdbc.sql("""
            UPDATE git_ref SET creator_id = CAST(:creator AS BIGINT), created_at = :createdAt,
              description = :description, create_source = CAST(:source AS TEXT)
            WHERE repository_id = :repository AND full_name = :name
            """)
                .param("creator", origin.creatorId())
                .param("createdAt", origin.createdAt())
                .param("description", origin.description())
                .param("source", origin.createSource())
                .param("repository", repositoryId)
                .param("name", name)
                .update();
        if (found == 1) {
            workItems.forEach(item -> jdbc.sql("""
                INSERT INTO git_ref_work_item (repository_id, full_name, work_item_id, user_id, created_at)
                VALUES (:repository, :name, :item, CAST(:user AS BIGINT), :now) ON CONFLICT DO NOTHING
                """)
                    .param("user", item.userId())
                    .param("now", item.createdAt())
                    .param("repository", repositoryId)
                    .param("name", name)
                    .param("item", item.workItemId())
                    .update());
        }
    }
}
