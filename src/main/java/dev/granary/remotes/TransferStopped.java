package dev.granary.remotes;

import java.net.SocketException;

/**
 * Carries a failure out through JGit. It is a {@link SocketException} because JGit tries again, with other ways to
 * authenticate, after most others.
 */
final class TransferStopped extends SocketException {
    private static final long serialVersionUID = 1L;

    TransferStopped(RemoteFailure failure) {
        super(failure.getMessage());
        initCause(failure);
    }
}
