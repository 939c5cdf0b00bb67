package dev.granary.jobs;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import dev.granary.jobs.JobRunner.Lane;
import dev.granary.jobs.JobRunner.Lease;
import dev.granary.kernel.Ids;
import dev.granary.kernel.Settings;
import dev.granary.storage.Database;
import dev.granary.storage.Writing;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** The workers of this process: a scheduler of the library for each lane. */
@Component
class JobWorkers implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(JobWorkers.class);
    private static final int MISSED_HEARTBEATS = 4;
    private static final double FETCH_BELOW = 0.5;
    private static final Duration STOP = Duration.ofSeconds(30);
    private static final Duration NEVER = Duration.ofDays(100_000);
    private static final Duration AFTER_A_BUG = Duration.ofMinutes(1);

    private final List<JobRunner> runners;
    private final JobQueue queue;
    private final JobQueueStore store;
    private final Writing writing;
    private final Database database;
    private final Settings.Jobs settings;
    private final TransactionTemplate transaction;
    private volatile List<Scheduler> schedulers = List.of();

    JobWorkers(
            List<JobRunner> runners,
            JobQueue queue,
            JobQueueStore store,
            Writing writing,
            Database database,
            Settings settings,
            TransactionTemplate transaction) {
        this.runners = runners;
        this.queue = queue;
        this.store = store;
        this.writing = writing;
        this.database = database;
        this.settings = settings.jobs();
        this.transaction = transaction;
        queue.onWake(() -> schedulers.forEach(Scheduler::triggerCheckForDueExecutions));
    }

    @Override
    public void start() {
        if (database == Database.SQLITE) {
            // Nobody else works on this database: what seems to be under way was when the last process died.
            transaction.executeWithoutResult(_ -> store.release());
        }
        var node = new SchedulerName.Fixed(Ids.newUuid());
        schedulers = runners.stream()
                .flatMap(runner -> runner.lanes().stream().map(lane -> scheduler(runner, lane, node)))
                .toList();
        schedulers.forEach(Scheduler::start);
    }

    private Scheduler scheduler(JobRunner runner, Lane lane, SchedulerName node) {
        var task = Tasks.custom(lane.name(), Void.class)
                .onDeadExecutionRevive()
                .onFailure((complete, operations) -> {
                    LOG.error(
                            "The job {} failed in a way it should not",
                            complete.getExecution().taskInstance.getTaskAndInstance(),
                            complete.getCause().orElse(null));
                    operations.reschedule(complete, complete.getTimeDone().plus(AFTER_A_BUG));
                })
                .execute((instance, context) -> {
                    runner.run(instance.getId(), new Held(context));
                    return (complete, operations) -> complete(runner, instance, complete, operations);
                });
        return Scheduler.create(writing.connections(), task)
                .tableName(JobQueueStore.TABLE)
                .jdbcCustomization(JobQueueStore.customization())
                .schedulerName(node)
                .threads(lane.workers())
                .pollingInterval(settings.poll())
                // No more than there are workers: what is woken must not wait behind a long batch.
                .pollUsingFetchAndLockOnExecute(FETCH_BELOW, 1)
                .heartbeatInterval(settings.heartbeat())
                .missedHeartbeatsLimit(MISSED_HEARTBEATS)
                .shutdownMaxWait(STOP)
                // Every lane has a scheduler, which does not know the jobs of the others: they are not to be forgotten.
                .deleteUnresolvedAfter(NEVER)
                .build();
    }

    private record Held(ExecutionContext context) implements Lease {
        @Override
        public boolean isLost() {
            return isStopping()
                    || context.getCurrentlyExecuting().getHeartbeatState().hasStaleHeartbeat();
        }

        @Override
        public boolean isStopping() {
            return context.getSchedulerState().isShuttingDown();
        }
    }

    private void complete(
            JobRunner runner,
            TaskInstance<Void> instance,
            ExecutionComplete complete,
            ExecutionOperations<Void> operations) {
        transaction.executeWithoutResult(_ -> {
            var next = runner.next(instance.getId());
            if (next.isPresent() && next.get().lane().equals(instance.getTaskName())) {
                operations.reschedule(complete, next.get().at());
                return;
            }
            operations.remove();
            next.ifPresent(due -> queue.schedule(instance.getId(), due));
        });
    }

    @Override
    public void stop() {
        var stopping = schedulers;
        schedulers = List.of();
        // At the same time: each waits for its jobs to notice.
        var threads = stopping.stream()
                .map(scheduler -> Thread.ofVirtual().start(scheduler::stop))
                .toList();
        for (var thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    @Override
    public boolean isRunning() {
        return !schedulers.isEmpty();
    }
}
