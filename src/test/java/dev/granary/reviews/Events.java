package dev.granary.reviews;

import dev.granary.testing.GranaryServer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.event.ApplicationEventMulticaster;
import org.springframework.context.event.GenericApplicationListener;
import org.springframework.core.ResolvableType;

/** What the merge requests of one repository tell, from when it is made until it is closed. */
final class Events implements GenericApplicationListener, AutoCloseable {
    private final ApplicationEventMulticaster multicaster;
    private final long repositoryId;
    private final List<Object> told = new CopyOnWriteArrayList<>();

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
            told.add(payload.getPayload());
        }
    }

    private boolean isOurs(Object event) {
        return switch (event) {
            case MergeRequestChanged changed -> changed.repositoryId() == repositoryId;
            case VersionMade made -> made.before().repositoryId() == repositoryId;
            case DiscussionChanged changed -> changed.discussion().repositoryId() == repositoryId;
            case PipelineChanged changed -> changed.repositoryId() == repositoryId;
            default -> false;
        };
    }

    /** What happened to requests, in that order. */
    List<Action> actions() {
        return told.stream()
                .filter(MergeRequestChanged.class::isInstance)
                .map(event -> ((MergeRequestChanged) event).action())
                .toList();
    }

    @Override
    public void close() {
        multicaster.removeApplicationListener((ApplicationListener<?>) this);
    }
}
