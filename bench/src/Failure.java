/** The measurement cannot go on; the message says why, for the one who runs it. */
final class Failure extends RuntimeException {
    Failure(String message) {
        super(message);
    }

    Failure(String message, Throwable cause) {
        super(message, cause);
    }
}
