package dev.granary.repositories;

import dev.granary.access.Standing;
import dev.granary.access.Visible;
import dev.granary.kernel.Caller;
import dev.granary.storage.RecordMapper;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The records of repositories. */
@Component
class RepositoryStore {
    static final RecordMapper<HostedRepository> ROW = RecordMapper.of(HostedRepository.class);
    static final String COLUMNS = """
        SELECT r.*, p.uuid AS project_uuid, p.name AS project_name, p.rules_version,
          COALESCE(cg.path, p.path) AS parent_path
        """;
    static final String TABLES = """
         FROM repository r JOIN project p ON p.id = r.project_id LEFT JOIN code_group cg ON cg.id = r.group_id
        """;
    static final String SELECT = COLUMNS + TABLES;
    private static final String FIND = COLUMNS + ", " + Standing.COLUMNS + TABLES + " WHERE r.deleted_at IS NULL AND ";

    private final JdbcClient jdbc;

    RepositoryStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What a new repository starts with.
     *
     * @param sourceId what it is forked from and borrows objects from
     */
    record NewRepository(
            String uuid,
            long projectId,
            @Nullable Long groupId,
            String name,
            String description,
            int visibility,
            String defaultBranch,
            boolean inheritsMembers,
            long creatorId,
            @Nullable Long sourceId) {}

    /** The new row's id, in status creating. Its path is to be claimed in the same transaction. */
    long insert(NewRepository repository, long now) {
        return jdbc.sql("""
            INSERT INTO repository (uuid, project_id, group_id, name, name_key, description, visibility, status,
              default_branch, inherits_members, creator_id, parent_id, borrows_from_id, created_at, updated_at,
              last_activity_at, uncounted_since)
            VALUES (:uuid, :project, CAST(:group AS BIGINT), :name, :nameKey, :description, :visibility, 1, :defaultBranch,
              :inheritsMembers, :creator, CAST(:source AS BIGINT), CAST(:source AS BIGINT), :now, :now, :now, :now)
            RETURNING id
            """)
                .param("uuid", repository.uuid())
                .param("group", repository.groupId())
                .param("project", repository.projectId())
                .param("name", repository.name())
                .param("nameKey", HostedRepository.key(repository.name()))
                .param("description", repository.description())
                .param("visibility", repository.visibility())
                .param("defaultBranch", repository.defaultBranch())
                .param("inheritsMembers", repository.inheritsMembers())
                .param("creator", repository.creatorId())
                .param("source", repository.sourceId())
                .param("now", now)
                .query(Long.class)
                .single();
    }

    /** Where a repository is. */
    record Seat(long projectId, @Nullable Long groupId) {}

    /** Keeps others from moving or deleting a repository until the transaction ends; empty when it is gone. */
    Optional<Seat> hold(long id, long now) {
        return jdbc.sql("UPDATE repository SET updated_at = :now WHERE id = :id AND deleted_at IS NULL"
                        + " RETURNING project_id, group_id")
                .param("now", now)
                .param("id", id)
                .query(Seat.class)
                .optional();
    }

    /** Puts a repository into a project or group. */
    void move(long id, long projectId, @Nullable Long groupId) {
        jdbc.sql("UPDATE repository SET project_id = :project, group_id = CAST(:group AS BIGINT) WHERE id = :id")
                .param("project", projectId)
                .param("group", groupId)
                .param("id", id)
                .update();
    }

    void setStatus(long id, int status) {
        jdbc.sql("UPDATE repository SET status = :status WHERE id = :id")
                .param("status", status)
                .param("id", id)
                .update();
    }

    /** Forgets a repository that was never ready. */
    void delete(long id) {
        jdbc.sql("DELETE FROM repository WHERE id = :id").param("id", id).update();
    }

    /** From now on no operation sees the repository, and its name is free; false when that was so already. */
    boolean markDeleted(long id, long now) {
        return jdbc.sql("UPDATE repository SET deleted_at = :now WHERE id = :id AND deleted_at IS NULL")
                        .param("now", now)
                        .param("id", id)
                        .update()
                == 1;
    }

    Optional<HostedRepository> byId(long id) {
        return jdbc.sql(SELECT + "WHERE r.id = :id AND r.deleted_at IS NULL")
                .param("id", id)
                .query(ROW)
                .optional();
    }

    List<HostedRepository> byIds(Collection<Long> ids) {
        return ids.isEmpty()
                ? List.of()
                : jdbc.sql(SELECT + "WHERE r.id IN (:ids) AND r.deleted_at IS NULL")
                        .param("ids", ids)
                        .query(ROW)
                        .list();
    }

    Optional<HostedRepository> byUuid(String uuid) {
        return jdbc.sql(SELECT + "WHERE r.uuid = :uuid AND r.deleted_at IS NULL")
                .param("uuid", uuid)
                .query(ROW)
                .optional();
    }

    Optional<HostedRepository> byPath(String path) {
        return jdbc.sql(SELECT + "WHERE r.id = (SELECT repository_id FROM place WHERE path_key = :path)"
                        + " AND r.deleted_at IS NULL")
                .param("path", HostedRepository.key(path))
                .query(ROW)
                .optional();
    }

    /** A repository and what a caller is in it. */
    record Found(HostedRepository repository, Standing standing) {}

    Optional<Found> find(Caller caller, long id) {
        return find(caller, jdbc.sql(FIND + "r.id = :id").param("id", id));
    }

    Optional<Found> find(Caller caller, String uuid) {
        return find(caller, jdbc.sql(FIND + "r.uuid = :uuid").param("uuid", uuid));
    }

    Optional<Found> findByPath(Caller caller, String path) {
        return find(
                caller,
                jdbc.sql(FIND + "r.id = (SELECT repository_id FROM place WHERE path_key = :path)")
                        .param("path", HostedRepository.key(path)));
    }

    /** The least deep repository in any group of a name, among those the caller may view. */
    Optional<Found> findInGroup(Caller caller, String group, String name) {
        return find(
                caller,
                jdbc.sql(FIND + Visible.REPOSITORIES
                                + " AND r.name_key = :name AND lower(cg.name) = :group ORDER BY"
                                + " (SELECT COUNT(*) FROM group_path gp WHERE gp.group_id = cg.id), r.id LIMIT 1")
                        .params(Visible.parameters(caller))
                        .param("name", HostedRepository.key(name))
                        .param("group", HostedRepository.key(group)));
    }

    private static Optional<Found> find(Caller caller, JdbcClient.StatementSpec query) {
        return query.param("standing_of", Standing.userId(caller))
                .query((row, number) -> new Found(ROW.mapRow(row, number), Standing.ROW.mapRow(row, number)))
                .optional();
    }

    void setDefaultBranch(long id, String branch) {
        jdbc.sql("UPDATE repository SET default_branch = :branch WHERE id = :id")
                .param("branch", branch)
                .param("id", id)
                .update();
    }

    /** Gives a repository another name, description and visibility; its place is to be moved in the same transaction. */
    void describe(long id, String name, String description, int visibility) {
        jdbc.sql("""
            UPDATE repository SET name = :name, name_key = :key, description = :description, visibility = :visibility
            WHERE id = :id
            """)
                .param("name", name)
                .param("key", HostedRepository.key(name))
                .param("description", description)
                .param("visibility", visibility)
                .param("id", id)
                .update();
    }

    /** {@link #setDefaultBranch}, unless it is another than it was by now. */
    void replaceDefaultBranch(long id, String old, String branch) {
        jdbc.sql("UPDATE repository SET default_branch = :branch WHERE id = :id AND default_branch = :old")
                .param("branch", branch)
                .param("id", id)
                .param("old", old)
                .update();
    }

    /** Says that refs moved; false when there is no such repository. */
    boolean touch(long id, long now) {
        return jdbc.sql("""
            UPDATE repository SET updated_at = :now, last_activity_at = :now,
              dirty_since = CASE WHEN dirty_since < :now THEN dirty_since ELSE :now END,
              uncounted_since = :now
            WHERE id = :id
            """).param("now", now).param("id", id).update() == 1;
    }

    /** Has housekeeping look at a repository and its figures counted, without saying that anything happened in it. */
    void recount(long id, long now) {
        jdbc.sql("""
            UPDATE repository SET dirty_since = CASE WHEN dirty_since < :now THEN dirty_since ELSE :now END,
              uncounted_since = :now
            WHERE id = :id
            """).param("now", now).param("id", id).update();
    }

    void setPipeline(long id) {
        jdbc.sql("UPDATE repository SET has_pipeline = TRUE WHERE id = :id")
                .param("id", id)
                .update();
    }

    void setMirrored(long id, boolean mirrored) {
        jdbc.sql("UPDATE repository SET mirrored = :mirrored WHERE id = :id")
                .param("mirrored", mirrored)
                .param("id", id)
                .update();
    }

    void setLocked(long id, boolean locked) {
        jdbc.sql("UPDATE repository SET locked = :locked WHERE id = :id")
                .param("locked", locked)
                .param("id", id)
                .update();
    }
}
