package dev.granary.identity;

import dev.granary.kernel.Page;
import dev.granary.kernel.Slice;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Which SSH keys open which repositories. */
@Component
class DeployKeyStore {
    private static final String SELECT = """
        SELECT k.id, d.repository_id, d.title, d.application, d.can_push, k.public_key, k.fingerprint, d.created_at
        FROM deploy_key d JOIN ssh_key k ON k.id = d.ssh_key_id
        """;

    private final JdbcClient jdbc;

    DeployKeyStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** False when the key opens the repository already. */
    boolean insert(
            long keyId,
            long repositoryId,
            String title,
            String application,
            boolean canPush,
            long creatorId,
            long now) {
        return jdbc.sql("""
            INSERT INTO deploy_key (ssh_key_id, repository_id, title, application, can_push, creator_id, created_at)
            VALUES (:key, :repository, :title, :application, :canPush, :creator, :now)
            ON CONFLICT DO NOTHING
            """)
                        .param("key", keyId)
                        .param("repository", repositoryId)
                        .param("title", title)
                        .param("application", application)
                        .param("canPush", canPush)
                        .param("creator", creatorId)
                        .param("now", now)
                        .update()
                == 1;
    }

    Optional<DeployKey> find(long keyId, long repositoryId) {
        return jdbc.sql(SELECT + "WHERE d.ssh_key_id = :key AND d.repository_id = :repository")
                .param("key", keyId)
                .param("repository", repositoryId)
                .query(DeployKey.class)
                .optional();
    }

    int count(long repositoryId) {
        return jdbc.sql("SELECT COUNT(*) FROM deploy_key WHERE repository_id = :repository")
                .param("repository", repositoryId)
                .query(Integer.class)
                .single();
    }

    Page<DeployKey> ofRepository(long repositoryId, Slice slice) {
        var keys = jdbc.sql(SELECT + "WHERE d.repository_id = :repository ORDER BY k.id LIMIT :limit OFFSET :offset")
                .param("repository", repositoryId)
                .param("limit", slice.limit())
                .param("offset", slice.offset())
                .query(DeployKey.class)
                .list();
        return new Page<>(keys, count(repositoryId));
    }

    /** Each key of the project's repositories once, as it is in the repository that got it first. */
    Page<DeployKey> ofProject(long projectId, Slice slice) {
        return ofSeveral("r.project_id = :scope", projectId, slice);
    }

    /** Each key of the repositories in a group and below once, as it is in the repository that got it first. */
    Page<DeployKey> ofGroup(long groupId, Slice slice) {
        return ofSeveral(
                "r.group_id IN (SELECT gp.group_id FROM group_path gp WHERE gp.ancestor_id = :scope)", groupId, slice);
    }

    private Page<DeployKey> ofSeveral(String repositories, long scopeId, Slice slice) {
        var keys = jdbc.sql(SELECT + """
            WHERE d.repository_id = (
              SELECT e.repository_id FROM deploy_key e JOIN repository r ON r.id = e.repository_id
              WHERE e.ssh_key_id = k.id AND %s AND r.deleted_at IS NULL
              ORDER BY e.created_at, e.repository_id LIMIT 1)
            ORDER BY k.id LIMIT :limit OFFSET :offset
            """.formatted(repositories))
                .param("scope", scopeId)
                .param("limit", slice.limit())
                .param("offset", slice.offset())
                .query(DeployKey.class)
                .list();
        var total = jdbc.sql("""
            SELECT COUNT(DISTINCT d.ssh_key_id) FROM deploy_key d JOIN repository r ON r.id = d.repository_id
            WHERE %s AND r.deleted_at IS NULL
            """.formatted(repositories))
                .param("scope", scopeId)
                .query(Long.class)
                .single();
        return new Page<>(keys, total);
    }

    /** Whether a key opens any repository of the project that a repository is in. */
    boolean inProjectOf(long repositoryId, String fingerprint) {
        return inProject("SELECT project_id FROM repository WHERE id = :scope", repositoryId, fingerprint);
    }

    /** Whether a key opens any repository of the project that a group is in. */
    boolean inProjectOfGroup(long groupId, String fingerprint) {
        return inProject("SELECT project_id FROM code_group WHERE id = :scope", groupId, fingerprint);
    }

    private boolean inProject(String project, long scopeId, String fingerprint) {
        return jdbc.sql("""
            SELECT 1 FROM deploy_key d
            JOIN ssh_key k ON k.id = d.ssh_key_id
            JOIN repository r ON r.id = d.repository_id AND r.deleted_at IS NULL
            WHERE k.fingerprint = :fingerprint
              AND r.project_id = (%s)
            LIMIT 1
            """.formatted(project))
                .param("fingerprint", fingerprint)
                .param("scope", scopeId)
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    /** Whether one repository has keys and another one has them all. */
    boolean areShared(long fromRepositoryId, long toRepositoryId) {
        return jdbc.sql("""
            SELECT count(*) > 0 AND count(*) = count(t.ssh_key_id) FROM deploy_key f
            LEFT JOIN deploy_key t ON t.ssh_key_id = f.ssh_key_id AND t.repository_id = :to
            WHERE f.repository_id = :from
            """)
                .param("from", fromRepositoryId)
                .param("to", toRepositoryId)
                .query(Boolean.class)
                .single();
    }

    boolean delete(long keyId, long repositoryId) {
        return jdbc.sql("DELETE FROM deploy_key WHERE ssh_key_id = :key AND repository_id = :repository")
                        .param("key", keyId)
                        .param("repository", repositoryId)
                        .update()
                == 1;
    }

    /** Removes a key that is nobody's and opens no repository any more, so that it can be added anew. */
    void sweep(String fingerprint) {
        jdbc.sql("""
            DELETE FROM ssh_key WHERE fingerprint = :fingerprint AND user_id IS NULL AND NOT EXISTS (
              SELECT 1 FROM deploy_key d JOIN repository r ON r.id = d.repository_id
              WHERE d.ssh_key_id = ssh_key.id AND r.deleted_at IS NULL)
            """).param("fingerprint", fingerprint).update();
    }
}
