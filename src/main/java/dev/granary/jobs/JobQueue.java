package dev.granary.jobs;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.TaskInstanceId;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import dev.granary.jobs.JobRunner.Due;
import dev.granary.jobs.JobRunner.Lane;
import dev.granary.storage.Writing;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.util.function.SingletonSupplier;

/** Says when jobs are to be done. */
@Component
public class JobQueue {
    private final ObjectProvider<JobRunner> runners;
    private final SingletonSupplier<SchedulerClient> client;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    JobQueue(Writing writing, ObjectProvider<JobRunner> runners) {
        this.runners = runners;
        // Runners wake jobs themselves, so they are asked for their lanes only when all of them are there.
        this.client = SingletonSupplier.of(() -> SchedulerClient.Builder.create(writing.connections(), known())
                .tableName(JobQueueStore.TABLE)
                .jdbcCustomization(JobQueueStore.customization())
                .build());
    }

    private List<Task<?>> known() {
        return runners.stream()
                .flatMap(runner -> runner.lanes().stream())
                .<Task<?>>map(lane -> Tasks.custom(lane.name(), Void.class).execute((_, _) -> {
                    throw new IllegalStateException("Clients do no work");
                }))
                .toList();
    }

    /**
     * Has a job done at a time at the latest. Where it is under way this changes nothing: its worker asks {@link
     * JobRunner#next} when it is through. Part of the caller's transaction, which holds a lock that next takes as well.
     */
    public void wake(String id, Due due) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                listeners.forEach(Runnable::run);
            }
        });
        for (var lane : kind(due.lane())) {
            var known = client.obtain().getScheduledExecution(TaskInstanceId.of(lane.name(), id));
            if (known.isPresent()) {
                if (!known.get().isPicked() && due.at().isBefore(known.get().getExecutionTime())) {
                    client.obtain().reschedule(known.get().getTaskInstance(), due.at());
                }
                return;
            }
        }
        schedule(id, due);
    }

    /** The lanes of the kind of jobs that one of them belongs to. */
    private List<Lane> kind(String lane) {
        return runners.stream()
                .map(JobRunner::lanes)
                .filter(lanes -> lanes.stream().anyMatch(one -> one.name().equals(lane)))
                .findFirst()
                .orElseThrow();
    }

    /** Schedules a job that there is none of. */
    void schedule(String id, Due due) {
        client.obtain().scheduleIfNotExists(new TaskInstance<>(due.lane(), id), due.at());
    }

    /** Has something done after each transaction that woke a job. */
    void onWake(Runnable listener) {
        listeners.add(listener);
    }
}
