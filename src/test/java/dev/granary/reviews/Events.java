package dev.granary.reviews;

import dev.granary.kernel.Scope;
import dev.granary.testing.GranaryServer;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.event.ApplicationEventMulticaster;
import org.springframework.context.event.GenericApplicationListener;
import org.springframework.core.ResolvableType;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** What the merge requests of one repository tell, from when it is made until it is closed. */
final class Events implements GenericApplicationListener, AutoCloseable {
    private final ApplicationEventMulticaster multicaster;
    private final long repositoryId;
    private final List<Told> told = new CopyOnWriteArrayList<>();

    Events(GranaryServer server, long repositoryId) {
        this.multicaster = server.bean(ApplicationEventMulticaster.class);
        this.repositoryId = repositoryId;
        multicaster.addApplicationListener((ApplicationListener<?>) this);
    }

    @Override
    public boolean supportsEventType(ResolvableType type) {
        return type.toClass() == PayloadApplicationEvent.class;
    }

    @Override
    public void onApplicationEvent(ApplicationEvent event) {
        if (event instanceof PayloadApplicationEvent<?> payload && isOurs(payload.getPayload())) {
            told.add(new Told(payload.getPayload(), TransactionSynchronizationManager.isActualTransactionActive()));
        }
    }

    private boolean isOurs(Object event) {
        return switch (event) {
            case MergeRequestChanged changed -> changed.repositoryId() == repositoryId;
            case VersionMade made -> made.before().repositoryId() == repositoryId;
            case DiscussionChanged changed -> changed.discussion().repositoryId() == repositoryId;
            case PipelineChanged changed -> changed.repositoryId() == repositoryId;
            case PipelineJobChanged changed -> changed.repositoryId() == repositoryId;
            case ReviewSettingsChanged changed -> changed.scope().equals(new Scope.Repository(repositoryId));
            default -> false;
        };
    }

    /** What was told since the last time, in that order; what was told outside a transaction says so. */
    synchronized List<String> since() {
        var all = List.copyOf(told);
        told.removeAll(all);
        return all.stream().map(Told::name).toList();
    }

    /** What happened to requests, in that order. */
    List<Action> actions() {
        return told.stream()
                .map(Told::event)
                .filter(MergeRequestChanged.class::isInstance)
                .map(event -> ((MergeRequestChanged) event).action())
                .toList();
    }

    private record Told(Object event, boolean within) {
        String name() {
            var name = switch (event) {
                case MergeRequestChanged changed -> changed.action().key();
                case VersionMade made -> "version " + made.version().number();
                case DiscussionChanged changed ->
                    "discussion " + changed.kind().name().toLowerCase(Locale.ROOT);
                case PipelineChanged changed -> "pipeline " + changed.status();
                case PipelineJobChanged changed -> "job " + changed.status();
                case ReviewSettingsChanged changed -> "setting " + changed.kind();
                default -> event.toString();
            };
            return within ? name : name + " outside a transaction";
        }
    }

    @Override
    public void close() {
        multicaster.removeApplicationListener((ApplicationListener<?>) this);
    }
}
