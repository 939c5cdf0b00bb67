package dev.granary.reviews;

import dev.granary.kernel.Page;
import dev.granary.kernel.Slice;
import dev.granary.storage.RecordMapper;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What builders elsewhere say of commits. */
@Component
class PipelineStore {
    private static final RecordMapper<Pipeline> ROW = RecordMapper.of(Pipeline.class);
    private static final RecordMapper<Stage> STAGE = RecordMapper.of(Stage.class);
    private static final RecordMapper<PipelineJob> JOB = RecordMapper.of(PipelineJob.class);
    private static final String JOBS = """
        SELECT j.*, s.name AS stage FROM pipeline_stage s JOIN pipeline_job j ON j.stage_id = s.id
        WHERE s.pipeline_id = :pipeline
        """;
    private static final String NEWEST =
            " AND j.id = (SELECT MAX(n.id) FROM pipeline_job n" + " WHERE n.stage_id = j.stage_id AND n.name = j.name)";

    private final JdbcClient jdbc;

    PipelineStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A step of a pipeline; {@code position} counts from 1. */
    record Stage(long id, String name, long position) {}

    /** The newest pipeline of a commit: one of the branch before those of others. */
    Optional<Pipeline> newestOf(long repositoryId, String commit, String branch) {
        return jdbc.sql("""
            SELECT * FROM pipeline WHERE repository_id = :repository AND commit_id = :commit
            ORDER BY CASE WHEN ref = :branch THEN 0 ELSE 1 END, id DESC LIMIT 1
            """)
                .param("repository", repositoryId)
                .param("commit", commit)
                .param("branch", branch)
                .query(ROW)
                .optional();
    }

    /** The newest pipeline of any version of a request. */
    Optional<Pipeline> newestOfRequest(long repositoryId, long requestId) {
        return jdbc.sql("""
            SELECT * FROM pipeline WHERE repository_id = :repository AND commit_id IN (
              SELECT v.head_commit FROM merge_request_version v WHERE v.merge_request_id = :request)
            ORDER BY id DESC LIMIT 1
            """)
                .param("repository", repositoryId)
                .param("request", requestId)
                .query(ROW)
                .optional();
    }

    Optional<Pipeline> find(long repositoryId, long id) {
        return jdbc.sql("SELECT * FROM pipeline WHERE repository_id = :repository AND id = :id")
                .param("repository", repositoryId)
                .param("id", id)
                .query(ROW)
                .optional();
    }

    /** Whether no pipeline of the branch is newer. */
    boolean isLatest(Pipeline pipeline) {
        return jdbc.sql("SELECT MAX(id) FROM pipeline WHERE repository_id = :repository AND ref = :ref")
                        .param("repository", pipeline.repositoryId())
                        .param("ref", pipeline.ref())
                        .query(Long.class)
                        .single()
                == pipeline.id();
    }

    /** The branch that an open request with a head comes from; empty when there is none. */
    Optional<String> branchOf(long repositoryId, String commit) {
        return jdbc.sql("""
            SELECT m.source_branch FROM merge_request_version v JOIN merge_request m ON m.id = v.merge_request_id
            WHERE v.head_commit = :commit AND m.head_commit = :commit AND m.state = 'opened'
              AND (m.repository_id = :repository OR m.source_repository_id = :repository)
            ORDER BY m.id LIMIT 1
            """)
                .param("repository", repositoryId)
                .param("commit", commit)
                .query(String.class)
                .optional();
    }

    /** The pipeline of a commit on a branch, which stays as it is until the transaction ends; a new one if there is none. */
    Pipeline hold(long repositoryId, String commit, String ref, long userId, long now) {
        return jdbc.sql("""
            INSERT INTO pipeline (repository_id, commit_id, ref, status, web_url, user_id, created_at, updated_at)
            VALUES (:repository, :commit, :ref, 'pending', '', :user, :now, :now)
            ON CONFLICT (repository_id, commit_id, ref) DO UPDATE SET updated_at = excluded.updated_at
            RETURNING *
            """)
                .param("repository", repositoryId)
                .param("commit", commit)
                .param("ref", ref)
                .param("user", userId)
                .param("now", now)
                .query(ROW)
                .single();
    }

    void update(long id, PipelineStatus status, String webUrl, @Nullable Long startedAt, @Nullable Long finishedAt) {
        jdbc.sql("""
            UPDATE pipeline SET status = :status, web_url = :url, started_at = CAST(:started AS BIGINT),
              finished_at = CAST(:finished AS BIGINT)
            WHERE id = :id
            """)
                .param("id", id)
                .param("status", status.key())
                .param("url", webUrl)
                .param("started", startedAt)
                .param("finished", finishedAt)
                .update();
    }

    /** The stages of a pipeline in their order. */
    List<Stage> stages(long pipelineId) {
        return jdbc.sql("SELECT id, name, position FROM pipeline_stage WHERE pipeline_id = :pipeline ORDER BY position")
                .param("pipeline", pipelineId)
                .query(STAGE)
                .list();
    }

    /** The id of a stage; a new one comes last. */
    long stage(long pipelineId, String name) {
        return jdbc.sql("""
            INSERT INTO pipeline_stage (pipeline_id, name, position)
            SELECT CAST(:pipeline AS BIGINT), CAST(:name AS TEXT), 1 + COUNT(*)
            FROM pipeline_stage WHERE pipeline_id = :pipeline
            ON CONFLICT (pipeline_id, name) DO UPDATE SET name = excluded.name
            RETURNING id
            """)
                .param("pipeline", pipelineId)
                .param("name", name)
                .query(Long.class)
                .single();
    }

    /** A page of all jobs, also of those that ran again, in the order in which they began. */
    Page<PipelineJob> jobs(long pipelineId, Slice slice) {
        var rows = jdbc.sql(JOBS + " ORDER BY j.id LIMIT :limit OFFSET :offset")
                .param("pipeline", pipelineId)
                .param("limit", slice.limit())
                .param("offset", slice.offset())
                .query(JOB)
                .list();
        return new Page<>(rows, count(pipelineId));
    }

    long count(long pipelineId) {
        return jdbc.sql("SELECT COUNT(*) FROM (" + JOBS + ") a")
                .param("pipeline", pipelineId)
                .query(Long.class)
                .single();
    }

    /** The newest run of every job. */
    List<PipelineJob> latest(long pipelineId) {
        return jdbc.sql(JOBS + NEWEST + " ORDER BY s.position, j.id")
                .param("pipeline", pipelineId)
                .query(JOB)
                .list();
    }

    /** Another run of a job; returns its id. */
    long insert(PipelineJob job) {
        return with(jdbc.sql("""
            INSERT INTO pipeline_job (stage_id, name, status, target_url, description, build_id, created_at, updated_at,
              started_at, finished_at)
            VALUES (:stage, :name, :status, :url, :description, :build, :created, :updated, CAST(:started AS BIGINT),
              CAST(:finished AS BIGINT))
            RETURNING id
            """), job)
                .param("stage", job.stageId())
                .param("name", job.name())
                .param("created", job.createdAt())
                .query(Long.class)
                .single();
    }

    void update(PipelineJob job) {
        with(jdbc.sql("""
            UPDATE pipeline_job SET status = :status, target_url = :url, description = :description,
              build_id = :build, updated_at = :updated, started_at = CAST(:started AS BIGINT),
              finished_at = CAST(:finished AS BIGINT)
            WHERE id = :id
            """), job).param("id", job.id()).update();
    }

    private static JdbcClient.StatementSpec with(JdbcClient.StatementSpec statement, PipelineJob job) {
        return statement
                .param("status", job.status())
                .param("url", job.targetUrl())
                .param("description", job.description())
                .param("build", job.buildId())
                .param("updated", job.updatedAt())
                .param("started", job.startedAt())
                .param("finished", job.finishedAt());
    }
}
