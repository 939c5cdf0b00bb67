package dev.granary.kernel;

import java.net.InetAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** From where the client called on whose behalf the current thread works; nowhere for work of the server itself. */
public final class ClientAddress {
    private static final ThreadLocal<@Nullable String> CURRENT = new ThreadLocal<>();

    private ClientAddress() {}

    /** The time while a thread works for a client. */
    public interface Work extends AutoCloseable {
        @Override
        void close();
    }

    /** From now until it is closed the thread works for the client at a literal address. */
    public static Work of(String address) {
        CURRENT.set(address);
        return CURRENT::remove;
    }

    /** The client's address, where the thread works for one. */
    public static Optional<InetAddress> current() {
        return Optional.ofNullable(CURRENT.get()).map(ClientAddress::parse);
    }

    private static InetAddress parse(String address) {
        var zone = address.indexOf('%');
        return InetAddress.ofLiteral(zone < 0 ? address : address.substring(0, zone));
    }
}
