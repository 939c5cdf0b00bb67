package dev.granary.events;

import java.util.List;

/**
 * Events were written down. It is published within the transaction that writes them: what a listener writes is written
 * if and only if they are. Listeners must be quick.
 */
public record EventsRecorded(List<Event> events) {
    public EventsRecorded {
        events = List.copyOf(events);
    }
}
