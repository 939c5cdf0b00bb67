package dev.granary.remotes;

import org.eclipse.jgit.lib.ProgressMonitor;

/** Passes JGit's progress on, and has it stop when the transfer has ended. */
final class Monitor implements ProgressMonitor {
    private static final int STEP = 256;

    /** What the remote says it does. */
    private static final String REMOTE = "remote: ";

    private final Transfer transfer;
    private boolean ours;
    private long done;
    private long told;
    private long total;

    Monitor(Transfer transfer) {
        this.transfer = transfer;
    }

    @Override
    public void start(int tasks) {}

    @Override
    public void beginTask(String title, int work) {
        ours = !title.startsWith(REMOTE);
        if (!ours) {
            return;
        }
        done = 0;
        told = 0;
        total = Math.max(0, work);
        transfer.progress().objects(0, total);
    }

    @Override
    public void update(int completed) {
        done += ours ? completed : 0;
        if (done - told >= STEP) {
            told = done;
            transfer.progress().objects(done, total);
        }
    }

    @Override
    public void endTask() {
        if (ours) {
            transfer.progress().objects(done, total);
        }
    }

    @Override
    public boolean isCancelled() {
        return transfer.stopped() != null;
    }

    @Override
    public void showDuration(boolean enabled) {}
}
