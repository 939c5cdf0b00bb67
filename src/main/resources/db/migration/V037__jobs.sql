-- The scheduler library's table: one row for each job, with who is doing it. Times are epoch milliseconds.
CREATE TABLE scheduled_job (
    task_name TEXT NOT NULL,
    task_instance TEXT NOT NULL,
    task_data ${bytes},
    execution_time ${long} NOT NULL,
    picked ${bool} NOT NULL,
    picked_by TEXT,
    last_success ${long},
    last_failure ${long},
    consecutive_failures ${long},
    last_heartbeat ${long},
    version ${long} NOT NULL,
    PRIMARY KEY (task_name, task_instance)
) ${strict};
CREATE INDEX scheduled_job_due ON scheduled_job (execution_time);
CREATE INDEX scheduled_job_heartbeat ON scheduled_job (last_heartbeat) WHERE last_heartbeat IS NOT NULL;
