package dev.granary.remotes;

import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import dev.granary.kernel.StorageFull;
import dev.granary.remotes.RemoteFailure.Reason;
import java.io.EOFException;
import java.io.InterruptedIOException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.zip.ZipException;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.HttpHostConnectException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.NoRemoteRepositoryException;
import org.eclipse.jgit.errors.PackProtocolException;
import org.eclipse.jgit.errors.RemoteRepositoryException;
import org.eclipse.jgit.errors.TooLargeObjectInPackException;
import org.eclipse.jgit.internal.submodule.SubmoduleValidator.SubmoduleValidationException;
import org.jspecify.annotations.Nullable;

/** Finds the reason for what went wrong in a transfer. */
final class RemoteFailures {
    private static final int LONGEST = 200;

    private RemoteFailures() {}

    /** The first reason that is known, from what the transfer says, then from the outermost cause to the innermost. */
    static RemoteFailure of(Throwable failure, Transfer transfer) {
        var stopped = transfer.stopped();
        if (stopped != null) {
            return stopped;
        }
        if (StorageFull.causes(failure)) {
            return transfer.failure(Reason.DISK_FULL);
        }
        // The innermost says most: around it are JGit's words for any failure in the same place.
        RemoteFailure found = null;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            var known = known(cause, transfer);
            found = known == null ? found : known;
        }
        return found == null ? transfer.failure(Reason.OTHER) : found;
    }

    private static @Nullable RemoteFailure known(Throwable cause, Transfer transfer) {
        return switch (cause) {
            case RemoteFailure failure -> failure;
            case Problem problem -> problem(problem, transfer);
            case UnknownHostException _ -> transfer.failure(Reason.UNKNOWN_HOST);
            case SSLException _ -> transfer.failure(Reason.TLS);
            case HttpHostConnectException _,
                    ConnectTimeoutException _,
                    SocketException _,
                    ConnectionClosedException _ -> transfer.failure(Reason.UNREACHABLE);
            case ClientProtocolException _, HttpException _, MessageConstraintException _ ->
                transfer.failure(Reason.MALFORMED);
            case InterruptedIOException _ ->
                transfer.failure(Reason.TIMEOUT, transfer.limits().idle().toSeconds());
            case NoRemoteRepositoryException _ -> transfer.failure(Reason.NOT_FOUND);
            case RemoteRepositoryException said -> transfer.failure(Reason.REFUSED, said(said));
            case TooLargeObjectInPackException _, OutOfMemoryError _ ->
                transfer.failure(Reason.TOO_LARGE, transfer.limits().bytes());
            case CorruptObjectException broken -> transfer.failure(Reason.BAD_OBJECTS, plain(broken, LONGEST));
            case MissingObjectException missing -> transfer.failure(Reason.BAD_OBJECTS, plain(missing, LONGEST));
            case SubmoduleValidationException bad -> transfer.failure(Reason.BAD_OBJECTS, plain(bad, LONGEST));
            case PackProtocolException _, EOFException _, ZipException _ -> transfer.failure(Reason.MALFORMED);
            default -> null;
        };
    }

    /** The check of connectivity says of files that are too large what the limit is, last. */
    private static RemoteFailure problem(Problem problem, Transfer transfer) {
        return problem.code() == ErrorCode.PUSHED_FILE_TOO_LARGE || problem.code() == ErrorCode.PUSHED_OBJECT_TOO_LARGE
                ? transfer.failure(Reason.TOO_LARGE, problem.arguments()[problem.arguments().length - 1])
                : transfer.failure(Reason.OTHER);
    }

    /** JGit puts the address before what the remote said. */
    private static String said(RemoteRepositoryException failure) {
        return plain(String.valueOf(failure.getMessage()).replaceFirst("^\\S+://\\S+: ", ""), LONGEST);
    }

    private static String plain(Throwable failure, int longest) {
        return plain(String.valueOf(failure.getMessage()), longest);
    }

    /** One line of what a stranger wrote, not too long, without control characters and without what could be secret. */
    static String plain(String text, int longest) {
        var line = text.replaceAll("//[^/\\s@]*@", "//")
                .replaceAll("[\\p{Cntrl}\\p{Cf}\\s]+", " ")
                .strip();
        return line.length() <= longest ? line : line.substring(0, longest) + "…";
    }
}
