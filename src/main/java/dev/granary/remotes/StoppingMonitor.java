package dev.granary.remotes;

import org.eclipse.jgit.lib.ProgressMonitor;

/** For work that never asks whether to go on: throws when the transfer has ended. */
final class StoppingMonitor implements ProgressMonitor {
    private final Transfer transfer;

    StoppingMonitor(Transfer transfer) {
        this.transfer = transfer;
    }

    /** Thrown through code that knows no other failure. */
    static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Stopped() {
            super("stopped", null, false, false);
        }
    }

    @Override
    public void start(int tasks) {}

    @Override
    public void beginTask(String title, int work) {}

    @Override
    public void update(int completed) {
        if (isCancelled()) {
            throw new Stopped();
        }
    }

    @Override
    public void endTask() {}

    @Override
    public boolean isCancelled() {
        return transfer.stopped() != null;
    }

    @Override
    public void showDuration(boolean enabled) {}
}
