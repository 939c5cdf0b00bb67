package dev.granary.chaos;

/** Lets clients work while the server is up and compared, and holds them while it is not. */
final class Gate {
    private boolean open;
    private boolean over;
    private int round;
    private int working;

    /**
     * Waits until the gate is open in a later round than the one given.
     *
     * @return the round; 0 when the run is over. Whoever came in must {@link #leave}.
     */
    synchronized int enter(int after) throws InterruptedException {
        while (!over && (!open || round <= after)) {
            wait();
        }
        if (over) {
            return 0;
        }
        working++;
        return round;
    }

    synchronized void leave() {
        working--;
        notifyAll();
    }

    synchronized boolean isOpen() {
        return open;
    }

    /** Begins a round. */
    synchronized void open() {
        open = true;
        round++;
        notifyAll();
    }

    /** Lets nobody in any more. */
    synchronized void close() {
        open = false;
    }

    /** Waits until everybody who came in has left. */
    synchronized void awaitEmpty() throws InterruptedException {
        while (working > 0) {
            wait();
        }
    }

    synchronized void end() {
        over = true;
        notifyAll();
    }
}
