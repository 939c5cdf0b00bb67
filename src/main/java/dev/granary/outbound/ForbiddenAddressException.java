package dev.granary.outbound;

import java.io.IOException;

/**
 * The server may not call an address. The message names what was asked for, never the address that a name stands for:
 * it may tell of a network that the asker does not see.
 */
public final class ForbiddenAddressException extends IOException {
    private static final long serialVersionUID = 1L;

    ForbiddenAddressException(String target) {
        super("This server may not call " + target);
    }
}
