package dev.granary.repositories;

import dev.granary.events.Event;
import dev.granary.events.EventKind;
import dev.granary.events.EventLog;
import dev.granary.events.NewEvent;
import dev.granary.events.PushFacts;
import dev.granary.kernel.Scope;
import dev.granary.repositories.RefChain.Step;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Writes the events of moved refs. A move may be found, by its result, before whoever made it reports it: its event is
 * then corrected rather than written again.
 */
@Component
class PushEvents {
    private final EventLog events;
    private final Clock clock;

    PushEvents(EventLog events, Clock clock) {
        this.events = events;
        this.clock = clock;
    }

    /** What is recorded of one repository. Used within one transaction. */
    final class Telling {
        private final long repositoryId;
        private final List<NewEvent> news = new ArrayList<>();
        private final Map<String, List<Found>> found = new HashMap<>();
        private boolean foundKnown;

        Telling(long repositoryId) {
            this.repositoryId = repositoryId;
        }

        private record Found(Event event, PushFacts facts) {
            boolean covers(Step step) {
                return Objects.equals(facts.before(), step.before()) || Objects.equals(facts.after(), step.after());
            }

            boolean is(Step step) {
                return Objects.equals(facts.before(), step.before()) && Objects.equals(facts.after(), step.after());
            }
        }

        /** Whether a move was found before it was reported. */
        boolean knows(String ref, Step step) {
            return found(ref, step).isPresent();
        }

        private Optional<Found> found(String ref, Step step) {
            if (!foundKnown) {
                foundKnown = true;
                for (var event : events.found(repositoryId)) {
                    var facts = events.facts(event, PushFacts.class);
                    found.computeIfAbsent(facts.ref(), _ -> new ArrayList<>()).add(new Found(event, facts));
                }
            }
            var ofRef = found.getOrDefault(ref, List.of());
            return ofRef.stream()
                    .filter(event -> event.is(step))
                    .findFirst()
                    .or(() -> ofRef.stream().filter(event -> event.covers(step)).findFirst());
        }

        /**
         * Adds what is to be told of a ref.
         *
         * @param from where it was by all that was told before; null when it was not there
         */
        void add(String ref, @Nullable String from, RefChain chain) {
            for (var step : chain.late()) {
                found(ref, step).ifPresent(event -> correct(event, step, from, chain));
            }
            for (var step : chain.steps()) {
                if (step.told()) {
                    news.add(event(ref, step));
                }
            }
        }

        private NewEvent event(String ref, Step step) {
            return new NewEvent(
                    ref.startsWith(Constants.R_TAGS) ? EventKind.TAG_PUSH : EventKind.PUSH,
                    new Scope.Repository(repositoryId),
                    step.moverId(),
                    step.found(),
                    new PushFacts(ref, step.before(), step.after(), step.refs()));
        }

        /**
         * Says who made a move that was found. Where it was found together with another one, before or after it, that
         * becomes an event of its own, if nothing was told of the ref since.
         */
        private void correct(Found known, Step step, @Nullable String from, RefChain chain) {
            var event = known.event();
            var facts = known.facts();
            found.getOrDefault(facts.ref(), List.of()).remove(known);
            var reported = new PushFacts(facts.ref(), step.before(), step.after(), step.refs());
            if (known.is(step)) {
                events.correct(event, step.moverId(), false, reported);
                return;
            }
            var divisible = chain.steps().isEmpty()
                    && Objects.equals(facts.after(), from)
                    && clock.millis() - event.occurredAt() < Event.GRACE_MILLIS;
            if (!divisible) {
                return;
            }
            if (Objects.equals(facts.before(), step.before())) {
                events.correct(event, step.moverId(), false, reported);
                news.add(event(facts.ref(), new Step(step.after(), facts.after(), null, true, 1, true)));
            } else {
                events.correct(
                        event, null, true, new PushFacts(facts.ref(), facts.before(), step.before(), facts.refs()));
                news.add(event(facts.ref(), step));
            }
        }

        /** Writes the events. */
        void end() {
            events.record(news);
        }
    }
}
