package dev.granary.remotes;

/** Told how far a transfer is, from several threads; must be quick. Asked now and then whether to go on. */
public interface TransferProgress {
    /** Tells nobody and never stops. */
    TransferProgress NONE = new TransferProgress() {
        @Override
        public void phase(String name) {}

        @Override
        public void received(long bytes) {}

        @Override
        public void objects(long done, long total) {}

        @Override
        public void moved(int refs) {}

        @Override
        public boolean cancelled() {
            return false;
        }
    };

    /** What is being done: {@code connecting}, {@code receiving}, {@code sending}, {@code checking}, {@code updating}. */
    void phase(String name);

    /** How many bytes came from the remote so far, or went there. */
    void received(long bytes);

    /** How many objects are done of how many; 0 of 0 when that is not known. */
    void objects(long done, long total);

    /** How many refs have moved so far: they stay where they are then, whatever becomes of the rest. */
    void moved(int refs);

    /** Whether to stop: within a second or so, with {@link RemoteFailure.Reason#CANCELLED}. */
    boolean cancelled();
}
